import { answerHeader } from '#lib/facts/answer.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { defineCause, type Finding, likely, ruledOut, say, stated, weighed } from '#lib/playbook/cause.ts'
import { pathOf, whereProxied } from '#lib/playbook/weighing/advice.ts'
import { statusFinding } from '#lib/playbook/weighing/status-finding.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Vite asks pages for a token that is in its own client, and tools, which send no Origin, for none. */
function tokenWanted({ answer, retries, application, probe }: Facts): Finding | undefined {
  if (application?.application.id !== 'vite' || answer?.status !== 400 || probe?.evidence.origin === null)
    return undefined
  const bare = retries.origin.find(({ vary, opened }) => vary.origin === null && opened)
  const named = retries.origin.find(({ vary, opened }) => typeof vary.origin === 'string' && opened)
  if (bare === undefined || named) return undefined
  return stated(
    say(
      'Vite refuses every page alike, and takes who sends no Origin: it wants its own token (?token=…) of a page',
      bare.from,
    ),
  )
}

/** Where no challenge was seen, it may be one. */
function asksForBasic({ answer }: Facts): boolean {
  const challenge = answer && answerHeader(answer, 'www-authenticate')
  return challenge === undefined || /\bbasic\b/i.test(challenge)
}

export default defineCause({
  id: 'authentication-required',
  stage: 'handshake',
  side: 'server',
  title: 'Authentication required',
  symptom: 'The handshake is answered with 401, or with 403 and words about a sign-in.',
  endings: ['answered', 'unopened', 'closed', 'dropped'],
  needs: ['probe', 'browser.console'],

  // Vite's server takes who sends no Origin without its token.
  opensWith: ['origin'],

  test: (facts) => {
    const { ending } = facts
    const word = wordFinding(facts, 'unauthorized') ?? tokenWanted(facts)
    if (word) return word
    if (ending.kind === 'closed' || ending.kind === 'dropped') return ruledOut(...ending.because)
    // Some libraries answer 401 to a foreign origin (`ws` with verifyClient does).
    const accepted = facts.retries.origin.find((retry) => retry.opened)
    if (accepted)
      return ruledOut(say('With another Origin it is accepted without credentials', accepted.from))
    const said = toldByAny(facts.told, 'unauthorized')
    if (said && facts.answer?.status !== 401) return weighed(likely(say(said.detail, said.from)), 0.75)
    const finding = statusFinding(facts, [401], 'The server asks for credentials')
    // Whoever wants credentials must say which (RFC 9110 §15.5.2); without that it may be any refusal.
    const isAsked = answerHeader(facts.answer, 'www-authenticate') !== undefined
    return finding.is === 'proven' && !isAsked ? weighed(likely(...finding.because), 0.7) : finding
  },

  explain: {
    wire: 'The server or proxy answers 401. A WebSocket from a page can send cookies and Basic credentials from the URL, but no `Authorization` header of script’s choice.',
    browser:
      'Chromium prints `HTTP Authentication failed; no valid credentials available` and no number. Your page sees an error event and 1006.',
    sure: 'Probe with the cookie or token that the page should have.',
    sources: [{ title: 'RFC 9110 §15.5.2', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2' }],
  },

  fix: (facts) => ({
    summary: sentence`Sign in first, and send that session’s cookie or a token with the handshake. JavaScript can put a token into the query string or the first message, not into a header.${asksForBasic(facts) ? ' Exclude this path from Basic authentication.' : ''}`,
    changes: [
      ...whereProxied(facts, [
        {
          program: 'nginx',
          context: 'location',
          where: sentence`nginx, location ${pathOf(facts)}`,
          text: nginx`auth_basic off;  # the application checks the session itself`,
        },
      ]),
    ],
  }),

  reproduce: 'unauthorized',
})
