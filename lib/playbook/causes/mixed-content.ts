import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { isMixedContent } from '#lib/protocol/host.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'mixed-content',
  stage: 'page',
  title: 'An https page opens an insecure ws:// socket',
  symptom: 'The constructor throws a SecurityError, or the socket fails with a mixed content warning.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console', 'browser.events'],

  test: (facts) => {
    const { page, target, ending } = facts
    const mixed = target.url !== undefined && isMixedContent(target.url, target.pageOrigin ?? '')
    if (page.exception) {
      const from = pageEventPath(page, page.exception.at)
      const refused = page.exception.name === 'SecurityError'
      if (refused && (mixed || /insecure/i.test(page.exception.message)))
        return proven(
          say(sentence`The constructor threw “${excerpt(page.exception.message || 'SecurityError')}”`, from),
        )
      return ruledOut(
        say(sentence`The constructor threw a ${page.exception.name || 'different exception'}`, from),
      )
    }
    if (!mixed) return blockedFinding(facts, 'mixed-content')
    const told = toldByClient(facts.told, 'mixed-content')
    if (told) return proven(say(told.detail, told.from))
    if (ending.kind === 'blocked' || facts.backend.arrived) return ruledOut(...ending.because)
    // Chromium and Firefox throw; the standard also allows to fail like any other connection.
    return weighed(possible(say('The page is secure and the socket is not', 'target')), 0.6)
  },

  explain: {
    wire: 'Nothing: a page from `https:` may not open `ws:` to another host. Loopback is exempt, and so are private address literals and names under `.local` in Chromium.',
    browser:
      'Chromium throws from the constructor, so there is not even a close code; the console explains it.',
    sure: 'Compare `location.protocol` with the scheme of the socket.',
    sources: [{ title: 'W3C Mixed Content', url: 'https://www.w3.org/TR/mixed-content/' }],
  },

  fix: (facts) => ({
    summary: sentence`Open the socket with wss://, and let the proxy that serves the page end TLS for it too.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(addressOf(facts).replace('ws:', 'wss:'))})`,
      },
    ],
  }),

  reproduce: null,
})
