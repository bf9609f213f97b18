import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, possible, proven, say, weighed } from '#lib/playbook/cause.ts'
import { codeFinding } from '#lib/playbook/weighing/code-finding.ts'
import { overlappingUse } from '#lib/playbook/weighing/overlapping-use.ts'
import type { Change } from '#lib/text/fix.ts'
import { excerpt, type Sentence, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'internal-error',
  stage: 'closed',
  side: 'server',
  title: 'Server error while open (1011)',
  symptom: 'close 1011.',
  endings: ['closed'],
  needs: ['server'],

  test: (facts) => {
    const { ending } = facts
    const finding = codeFinding(facts, [1011], { meant: ['handler-failed', 'ping-timeout'] })
    const heartbeat = ending.kind === 'closed' && /ping|pong|keep-?alive|heartbeat/i.test(ending.reason)
    if (heartbeat && finding.is === 'proven') return weighed(possible(...ending.because), 0.5)
    // The exception that the code stands for.
    const failed =
      overlappingUse(facts)?.because ??
      facts.told.server
        .filter(({ means, isOfStore }) => means === 'handler-failed' && !isOfStore)
        .map(({ detail, from }) => say(sentence`The server says: ${detail}`, from))[0]
    return finding.is === 'proven' && failed ? proven(...finding.because, failed) : finding
  },

  explain: {
    wire: 'An exception in the server’s handler: uvicorn and Python `websockets` close with 1011 then, `ws` leaves it to the program.',
    browser:
      'JavaScript receives the code and reason unchanged. This is the only kind of failure it can read.',
    sure: 'The server’s log has the exception. “keepalive ping timeout” in the reason is a missed pong instead.',
    sources: [{ title: 'RFC 6455 §7.4', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.4' }],
  },

  fix: (facts) => ({
    summary: overlappingUse(facts)?.summary ?? summaryOf(facts),
    changes: overlappingUse(facts)?.changes ?? (wasAsked(facts) ? CHANGES : []),
  }),

  reproduce: null,
})

const CHANGES: Change[] = [
  {
    program: 'node',
    where: sentence`Node server (ws)`,
    text: js`socket.on('message', (data) => { try { handle(data) } catch (error) { log(error) } })`,
  },
]

/** A handler of messages is to blame for nothing where a probe that sent none is closed as well. */
const wasAsked = ({ ending, probe }: Facts): boolean =>
  ending.seenBy !== 'probe' || (probe?.evidence.sent ?? []).length > 0

function summaryOf({ ending }: Facts): Sentence {
  const reason = ending.kind === 'closed' ? ending.reason.trim() : ''
  return reason === ''
    ? sentence`Catch the exception that the server’s log shows at that moment.`
    : sentence`Look for “${excerpt(reason)}” in the server’s log at that moment: it is the reason that the server gave. Mend what it names, and catch the exception.`
}
