import { isSilence } from '#lib/evidence/probe-outcome.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { gaveUp } from '#lib/playbook/weighing/gave-up.ts'
import { isSlow, SLOW_HANDSHAKE_MS } from '#lib/playbook/weighing/slow-handshake.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'slow-handshake',
  stage: 'handshake',
  side: 'server',
  title: 'Slow handshake',
  symptom: 'The socket opens, seconds late.',
  endings: ['open', 'pending', 'unanswered'],
  needs: ['probe', 'server'],

  test: (facts) => {
    const { page, probe, backend, ending } = facts
    const early = gaveUp(facts)
    if (early?.isAtOnce) return ruledOut(early.because)
    if (ending.kind === 'pending' || ending.kind === 'unanswered') {
      const silent = ending.kind === 'pending' || isSilence(probe?.outcome)
      return silent ? weighed(possible(...ending.because), 0.5) : ruledOut(...ending.because)
    }
    if (ending.kind !== 'open') return ruledOut(...ending.because)
    const { request, upgradedMs } = backend
    const atBackendMs = request && upgradedMs !== undefined ? upgradedMs : 0
    if (atBackendMs >= SLOW_HANDSHAKE_MS)
      return likely(say(sentence`The backend took ${atBackendMs} ms from the request to its 101`, 'server'))
    if (isSlow(probe))
      return likely(
        say(
          sentence`TCP took ${probe?.connectedMs ?? 0} ms, the 101 ${probe?.answeredMs ?? 0} ms`,
          'probe.http.ms',
        ),
      )
    // Chromium holds new connections back by up to 5 s after failures, so only its own word is weaker.
    const { openedMs = 0 } = page
    if (openedMs >= SLOW_HANDSHAKE_MS)
      return likely(say(sentence`The socket opened after ${openedMs} ms`, 'browser.events'))
    return ruledOut(say('The handshake was quick', 'browser.events'))
  },

  explain: {
    wire: 'TCP connects at once and the 101 comes late. The server asks a database or an identity provider first, starts cold, or has a queue of handshakes. Chromium sends handshakes to one address one after the other.',
    browser: 'The page sees nothing until `open`; there is no timeout below 240 s.',
    sure: 'Compare the time of TCP with the time of the 101.',
    sources: [
      {
        title: 'RFC 6455 §4.1, one connection at a time',
        url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Answer the upgrade first and do slow work after it.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`sockets.on('connection', (socket) => void prepare(socket))  // not before handleUpgrade`,
      },
    ],
  }),

  reproduce: 'slow-handshake',
})
