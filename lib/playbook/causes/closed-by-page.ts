import { isFine } from '#lib/facts/ending/settle.ts'
import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { gaveUp } from '#lib/playbook/weighing/gave-up.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'closed-by-page',
  stage: 'page',
  side: 'client',
  title: 'Closed by your own code',
  symptom: '“WebSocket is closed before the connection is established”, often at each load in development.',
  endings: ['pending', 'unopened', 'answered', 'unanswered', 'closed', 'closing', 'lost'],
  needs: ['browser.console', 'browser.events'],

  test: (facts) => {
    const { ending, page, told } = facts
    const said = toldByClient(told, 'closed-by-page')
    const other = whyNotOpened(told)
    if (said) {
      const because = say(said.detail, said.from)
      // Another attempt of the same page failed for a reason of its own.
      return other === said || other?.means === 'closed-by-page'
        ? proven(because)
        : weighed(possible(because), 0.4)
    }
    if (other) return ruledOut(say(other.detail, other.from))
    const called = page.closeCalledMs !== undefined
    if (called && page.openedMs === undefined)
      return likely(say('close() was called before the socket was open', pageEventPath(page, undefined)))
    const left = toldByClient(told, 'closed-by-client')
    if (left) return weighed(possible(say(left.detail, left.from)), 0.6)
    const byClient = told.server.find(
      ({ means, close }) => means === 'closed-by-client' && close !== undefined && close.code !== 1001,
    )
    if (byClient && ending.kind === 'closed' && ending.by === 'page')
      return weighed(likely(say(byClient.detail, byClient.from)), 0.7)
    const early = gaveUp(facts)
    if (early) return weighed(possible(early.because), early.isAtOnce ? 0.6 : 0.3)
    // Who is done with a connection does not open it again.
    const isAgain = told.client.some((each) => each.isAgain)
    if (ending.kind === 'closed' && ending.isUntold)
      return weighed(possible(...ending.because), isAgain ? 0.2 : 0.5)
    if (isFine(ending) && ending.kind === 'closed') return possible(...ending.because)
    return ruledOut(...ending.because)
  },

  explain: {
    wire: 'JavaScript called close() while the socket was still connecting, so the browser gave the handshake up. React runs effects twice in development (StrictMode): the cleanup of the first run closes the first socket. An unmounted component, a changed dependency and a hot reload do the same.',
    browser:
      'Your page gets an error event and 1006 as for a failure, and Chromium prints a warning. Usually a second socket opens right after it and works.',
    sure: 'Set a breakpoint on close(), or print a stack trace there.',
    sources: [
      {
        title: 'React, StrictMode runs effects again',
        url: 'https://react.dev/reference/react/StrictMode#fixing-bugs-found-by-re-running-effects-in-development',
      },
      {
        title: 'MDN, WebSocket.close()',
        url: 'https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/close',
      },
    ],
  },

  fix: ({ ending }) => ({
    summary:
      ending.kind === 'closed'
        ? sentence`Nothing to repair where it is your own code that calls close(): its code comes back from the server. Look for the call, or print a stack trace in front of it.`
        : sentence`Often harmless: the next socket opens. To avoid it, close in the cleanup only what is open, or keep the socket outside of the component.`,
    changes:
      ending.kind === 'closed'
        ? []
        : [
            {
              program: 'browser',
              where: sentence`In the cleanup of an effect`,
              text: js`if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket.close())\nelse socket.close()`,
            },
          ],
  }),

  reproduce: null,
})
