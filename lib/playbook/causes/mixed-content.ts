import { pageEventPath } from '#lib/facts/page.ts'
import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { pathOf, whereProxied } from '#lib/playbook/weighing/advice.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { isLoopback, isMixedContent } from '#lib/protocol/host.ts'
import { nginx } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'mixed-content',
  stage: 'page',
  side: 'client',
  title: 'Mixed content: HTTPS page, ws:// URL',
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

  fix: (facts) => {
    const page = facts.target.pageOrigin === undefined ? null : URL.parse(facts.target.pageOrigin)
    const isElsewhere = page !== null && page.hostname !== facts.target.host && isLoopback(facts.target.host)
    const address =
      isElsewhere || facts.target.url === undefined
        ? `wss://${page?.host || 'YOUR_HOST'}${pathOf(facts)}`
        : `wss://${facts.target.url.hostname}${pathOf(facts)}`
    return {
      summary: sentence`Open the socket with wss://, through the proxy that serves the page over TLS. Where a server writes the URL, it must learn the scheme from X-Forwarded-Proto.`,
      changes: [
        {
          program: 'browser',
          where: sentence`In the page`,
          text: js`new WebSocket(${js.string(address)})  // or built from location.host`,
        },
        ...whereProxied(facts, [
          {
            program: 'nginx',
            context: 'location',
            where: sentence`nginx, location ${pathOf(facts)}`,
            text: nginx`proxy_set_header X-Forwarded-Proto $scheme;`,
          },
        ]),
      ],
    }
  },

  reproduce: null,
})
