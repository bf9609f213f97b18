/** Whether a server that waits for a first message got none. */
import type { FirstMessage } from '#lib/applications/application.ts'
import { isSpoken } from '#lib/applications/recognize.ts'
import { AT_ONCE_MS } from '#lib/evidence/probe-outcome.ts'
import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { secondsOf } from '#lib/playbook/weighing/cut-times.ts'
import { isPing } from '#lib/protocol/text-pings.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

/** Whoever waited for so short a time and then hung up without a word waited for nothing. */
const SHORTEST_PATIENCE_MS = 50

/** The client of a protocol that begins with a message of the client's said nothing, and the server ended it. */
export function unsaid(facts: Facts): Because[] | undefined {
  const { application: view, probe, ending, cuts } = facts
  const first = view?.application.first
  if (view === undefined || first === undefined || ending.seenBy !== 'probe') return undefined
  // Many servers pick whatever a retry offers: only what was asked for at first is the client's protocol.
  const isAsked = view.by !== 'picked' || facts.target.subprotocols.length > 0
  const isSure = view.by !== undefined && isSpoken(view.by) && isAsked
  const hasSpoken = (probe?.evidence.sent ?? []).some(({ opcode }) => opcode < 8)
  if (!isSure || hasSpoken || !cuts.probe) return undefined
  if (ending.kind === 'dropped' && cuts.probe.ageMs < SHORTEST_PATIENCE_MS) return undefined
  const { name } = view.application
  return [
    say(
      sentence`${name} begins with ${first.name} from the client, and the probe sent none before the end after ${secondsOf(cuts.probe.ageMs)}`,
      'probe.sent',
    ),
    ...fittingPatience(first, cuts.probe.ageMs),
  ]
}

/** With the subprotocol of a retry the probe spoke as well, and the connection stays: it was ended after a wait for that. */
export function saidByOpener({ opener, application: view, cuts }: Facts): Because[] | undefined {
  const { first, name } = view?.application ?? {}
  const [subprotocol] = opener?.retry.vary.subprotocols ?? []
  if (opener?.question !== 'subprotocols' || subprotocol === undefined || first === undefined)
    return undefined
  const ageMs = cuts.probe?.ageMs ?? 0
  // A server that minds the subprotocol minds it at once.
  if (view?.quiet || ageMs < AT_ONCE_MS) return undefined
  return [
    say(sentence`The server let it in, and ended it after ${secondsOf(ageMs)} of silence`, 'probe.end'),
    say(
      sentence`With the subprotocol ${subprotocol}, and ${first.name} of ${name ?? ''}, which the probe then sent, the same connection stays open`,
      opener.retry.from,
    ),
  ]
}

/** The last thing that the server said was a ping of its own, and nothing answered it. */
export function unansweredPing({ probe, ending }: Facts): Because | undefined {
  const { last_messages: last = [], sent = [] } = probe?.evidence ?? {}
  const { text_start: text = '', ms } = last.at(-1) ?? {}
  const isLost = ending.kind === 'dropped' || (ending.kind === 'closed' && ending.by === 'peer')
  if (!isLost || ending.seenBy !== 'probe' || !isPing(text)) return undefined
  if (sent.some(({ opcode, ms: sentMs = 0 }) => opcode < 8 && sentMs >= (ms ?? 0))) return undefined
  const says = sentence`The last message of the server is a ping, “${excerpt(text)}”, and the probe did not answer it: a client does`
  return say(says, `probe.last_messages[${last.length - 1}]`)
}

function fittingPatience({ patience }: FirstMessage, ageMs: number): Because[] {
  const fitting = patience.find(({ seconds }) => closeTo(seconds * 1000, ageMs))
  return fitting ? [say(sentence`${fitting.who} waits ${fitting.seconds} s for it`, 'probe.end')] : []
}
