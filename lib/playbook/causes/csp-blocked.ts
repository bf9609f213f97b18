import { pageEventPath } from '#lib/facts/page.ts'
import { whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, likely, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { blockedFinding } from '#lib/playbook/weighing/blocked-finding.ts'
import { connectFinding } from '#lib/playbook/weighing/connect-finding.ts'
import { csp } from '#lib/text/configurations.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

export default defineCause({
  id: 'csp-blocked',
  stage: 'page',
  side: 'client',
  title: 'Blocked by the page’s Content Security Policy',
  symptom: 'An error event at once, and never a close event.',
  endings: ['blocked', 'unopened'],
  needs: ['browser.console', 'browser.events'],

  test: (facts) => {
    const { page, ending } = facts
    if (page.csp)
      return proven(
        say(
          sentence`The policy blocks it: “${page.csp.policy || page.csp.directive}”`,
          pageEventPath(page, page.csp.at),
        ),
      )
    if (
      page.exception &&
      /CONTENT_BLOCKED|content security policy/i.test(`${page.exception.name} ${page.exception.message}`)
    ) {
      return proven(
        say(
          sentence`The constructor threw “${excerpt(page.exception.message || page.exception.name)}”`,
          pageEventPath(page, page.exception.at),
        ),
      )
    }
    const told = whyNotOpened(facts.told) !== undefined
    if (!told && page.error === 'before-open' && !page.close && page.stillOpen?.state === 3) {
      return likely(
        say(
          'The socket is closed and never fired a close event, as only a policy leaves it',
          pageEventPath(page, page.stillOpen.at),
        ),
      )
    }
    if (page.close && !told)
      return ruledOut(
        say('A close event came, which a blocked socket never fires', pageEventPath(page, page.close.at)),
      )
    return ending.kind === 'blocked' ? blockedFinding(facts, 'csp') : connectFinding(facts, 'csp')
  },

  explain: {
    wire: "Nothing: `connect-src` (or `default-src`) does not list the address. `https:` does not cover `wss:`; `'self'` covers the same host only.",
    browser:
      'Chromium fires an error event and no close event at all; Firefox throws from the constructor. A `securitypolicyviolation` event tells script the reason.',
    sure: 'Listen for `securitypolicyviolation` on document, or read the console.',
    sources: [
      { title: 'CSP Level 3, connect-src', url: 'https://www.w3.org/TR/CSP3/#directive-connect-src' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Add the address to connect-src.`,
    changes: [
      {
        program: 'browser',
        where: sentence`Content-Security-Policy header`,
        text: facts.target.url
          ? csp`connect-src 'self' ${csp.source(facts.target.url)}`
          : csp`connect-src 'self' wss://YOUR_HOST`,
      },
    ],
  }),

  reproduce: null,
})
