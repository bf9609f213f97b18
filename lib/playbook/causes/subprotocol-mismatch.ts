import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, likely, possible, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { addressOf } from '#lib/playbook/weighing/advice.ts'
import { checkFinding } from '#lib/playbook/weighing/check-finding.ts'
import { saidByOpener } from '#lib/playbook/weighing/first-message.ts'
import { openerFinding } from '#lib/playbook/weighing/opener-finding.ts'
import { subprotocolNamed } from '#lib/playbook/weighing/refusal-words.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { isToken } from '#lib/protocol/token.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'

/** What the server takes, as a retry showed; empty where it showed none. */
const taken = ({ opener }: Facts): readonly string[] =>
  opener?.question === 'subprotocols' ? (opener.retry.vary.subprotocols ?? []).filter(isToken) : []

function summaryOf(facts: Facts): Sentence {
  const asked = facts.target.subprotocols.join(', ')
  const [name] = taken(facts)
  if (name !== undefined) {
    return asked === ''
      ? sentence`Ask for the subprotocol ${name}: the server takes no client without it.`
      : sentence`Ask for the subprotocol ${name}, which the server takes in place of ${asked}.`
  }
  if (asked === '')
    return sentence`Ask for the subprotocol that the server wants: its own words, or its source, name it.`
  // A retry without any that failed as well is no way out.
  const isRefuted = facts.retries.subprotocols.some(
    ({ vary, holds }) => vary.subprotocols?.length === 0 && !holds,
  )
  return sentence`Have the server pick one of ${asked}${isRefuted ? '' : ', or ask for none'}.`
}

/** The server wants one, and nothing says which. */
const isUnnamed = (facts: Facts): boolean =>
  facts.target.url !== undefined && facts.target.subprotocols.length === 0 && taken(facts).length === 0

const wanted = ({ target }: Facts): string => target.subprotocols.find(isToken) ?? 'YOUR_SUBPROTOCOL'

export default defineCause({
  id: 'subprotocol-mismatch',
  stage: 'handshake',
  side: 'server',
  title: 'Subprotocol mismatch',
  symptom:
    'A 101 comes, and the browser refuses its subprotocol. Or the server refuses, closes at once, or stays silent.',
  endings: ['refused-101', 'answered', 'unopened', 'unanswered', 'closed', 'dropped'],
  needs: ['probe', 'browser.console', 'retries.subprotocols'],

  opensWith: ['subprotocols'],

  test: (facts) => {
    const { ending, retries } = facts
    if (ending.kind === 'refused-101') return checkFinding(facts, 'subprotocol')
    const opened = openerFinding(facts, 'subprotocols')
    const waited = opened && saidByOpener(facts)
    if (waited) return weighed(possible(...waited), 0.4)
    if (opened) return opened
    if (ending.kind === 'unopened') return checkFinding(facts, 'subprotocol')
    const word = wordFinding(facts, 'subprotocol')
    if (word) return word
    if (ending.kind !== 'answered') return ruledOut(...ending.because)
    // Some servers refuse the handshake where others answer 101 without a subprotocol.
    const without = retries.subprotocols.find((retry) => retry.opened)
    const words = subprotocolNamed(facts)
    if (words) return likely(words)
    return without && retries.again.length === 0
      ? likely(say('With other subprotocols the same handshake is accepted', without.from))
      : ruledOut(...ending.because)
  },

  explain: {
    wire: 'The server picked a subprotocol that was not asked for, or none although some were. Chromium refuses both; Firefox accepts none. Other servers refuse with 400 or 501, close at once (4406, 1002), end TCP, or never answer.',
    browser:
      'The browser rejects the 101: an error event, then 1006. The console names the reason. Proxies forward it and log success.',
    sure: 'Probe with the same list of subprotocols.',
    sources: [{ title: 'RFC 6455 §4.1', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1' }],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes: [
      ...(taken(facts).length > 0
        ? [
            {
              program: 'browser',
              where: sentence`In the page`,
              text: js`new WebSocket(${js.string(addressOf(facts))}, ${js.string(taken(facts)[0] ?? '')})`,
            } as const,
          ]
        : []),
      ...(isUnnamed(facts)
        ? [
            {
              program: 'browser',
              where: sentence`In the page`,
              text: js`new WebSocket(${js.string(addressOf(facts))}, 'YOUR_SUBPROTOCOL')`,
            } as const,
          ]
        : []),
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`new WebSocketServer({ server, handleProtocols: (offered) => offered.has(${js.string(wanted(facts))}) ? ${js.string(wanted(facts))} : false })`,
      },
      {
        program: 'python',
        where: sentence`Python server (websockets)`,
        text: python`serve(handler, YOUR_HOST, YOUR_PORT, subprotocols=[${python.string(wanted(facts))}])`,
      },
    ],
  }),

  reproduce: 'no-subprotocol',
})
