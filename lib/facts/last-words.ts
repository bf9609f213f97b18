/**
 * What the server said of why it closed: in its protocol's words, in the reason of its Close frame, or in the last
 * message before it. A code alone tells how a connection ended, and not why.
 */
import type { Evidence } from '#lib/evidence/schema.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { Ending } from '#lib/facts/ending/ending.ts'
import type { ToldView } from '#lib/facts/told.ts'
import { isApplicationCode } from '#lib/protocol/close-codes.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export type LastWords = {
  means: Meaning
  because: Because
  /** In the server's own log, and not in what it sent: the code of its Close frame is only how it ended. */
  isLogged?: true
  /** Of the protocol itself; else the words of a program that nobody knows. */
  isOfProtocol: boolean
}

/** A last message is one that came this shortly before the end. */
const JUST_BEFORE_MS = 2000
/** Longer ones are data, not a word of farewell. */
const LONGEST = 500

/** Undefined where it did not close, or nothing that it said names a mechanism. */
export function lastWordsOf({ ending, told, evidence }: LastWordsFacts): LastWords | undefined {
  if (ending.kind !== 'closed' && ending.kind !== 'dropped') return undefined
  if (ending.kind === 'closed' && ending.by !== 'peer') return undefined
  const [own] = told.application.filter(({ means }) => !VAGUE.includes(means))
  if (own) return { means: own.means, because: say(own.detail, own.from), isOfProtocol: true }
  const refused = refusedInProtocol(told)
  if (refused) return refused
  const worded = ending.kind === 'closed' ? wordedClose(told, ending.code) : undefined
  if (worded) return worded
  const reason = ending.kind === 'closed' ? ending.reason : ''
  const named = meaningOfReason(reason)
  if (named) {
    const says = sentence`The reason is “${excerpt(reason)}”`
    return { means: named, because: say(says, ending.because[0]?.from ?? 'probe.end'), isOfProtocol: false }
  }
  return lastMessage(evidence) ?? (ending.kind === 'closed' ? logged(told, ending.code) : undefined)
}

/** What a known program means by the code and the reason together, which a cause of its own stands for. */
const MEANT: readonly Meaning[] = ['first-message-missing', 'not-reading']

function wordedClose({ client, server }: ToldView, code: number): LastWords | undefined {
  const said = [...client, ...server].find(
    ({ means, close, program }) =>
      program !== undefined && close?.code === code && isApplicationCode(code) && MEANT.includes(means),
  )
  return said && { means: said.means, because: say(said.detail, said.from), isOfProtocol: true }
}

/** Why a server refuses, which it also does after it accepted the handshake. */
const REFUSALS: readonly Meaning[] = [
  'origin-refused',
  'origin-missing',
  'host-refused',
  'unauthorized',
  'session-unknown',
  'application-protocol',
  'subprotocol',
  'rate-limited',
  'too-many-connections',
]

/** A message of a protocol that its client wrote down: the server said in it why it would not go on. */
function refusedInProtocol({ client }: ToldView): LastWords | undefined {
  const said = client.find(
    ({ means, program, application }) =>
      program !== undefined && application !== undefined && REFUSALS.includes(means),
  )
  return said && { means: said.means, because: say(said.detail, said.from), isOfProtocol: false }
}

/** Codes that a server closes with for a reason of its own, or without one: `close()` sends 1000 or none. */
const isOfServer = (code: number): boolean =>
  [1000, 1005, 1008, 1011].includes(code) || isApplicationCode(code)

function logged({ server }: ToldView, code: number): LastWords | undefined {
  const said = server.find(({ means, from }) => REFUSALS.includes(means) && from.startsWith('server'))
  if (said === undefined || !isOfServer(code)) return undefined
  return { means: said.means, because: say(said.detail, said.from), isOfProtocol: false, isLogged: true }
}

type LastWordsFacts = { ending: Ending; told: ToldView; evidence: Evidence }

/** Said of no end, or without its reason. */
const VAGUE: readonly Meaning[] = [
  ...(['opened', 'connecting', 'reached'] as const),
  ...(['closed-by-server', 'close', 'dropped', 'lost'] as const),
]

/** Meanings that a server tells its client before it closes. */
const TELLING: readonly Meaning[] = [
  'unauthorized',
  'origin-refused',
  'first-message-missing',
  'application-protocol',
  'rate-limited',
  'too-many-connections',
  'shutting-down',
  'too-big',
  'lifetime',
  'idle-timeout',
  'backend-refused',
]

/** What it said last, whatever that means, where a Close frame without a reason came right after it. */
export function farewell({ probe }: Evidence): Because | undefined {
  const messages = probe?.last_messages ?? []
  const { text_start: text, ms } = messages.at(-1) ?? {}
  const endMs = probe?.end?.ms
  if (text === undefined || ms === undefined || endMs === undefined || endMs - ms > JUST_BEFORE_MS)
    return undefined
  return say(
    sentence`The last message before it is “${excerpt(text)}”`,
    `probe.last_messages[${messages.length - 1}]`,
  )
}

/** The words of an error that is told in JSON: what is beside them (a code, a stack) is no reason. */
const REASON_IN_JSON =
  /^[{[][\s\S]{0,300}?"(?:message|error|reason|detail|description)" ?: ?"([^"\\]{1,200})"/

function lastMessage({ probe }: Evidence): LastWords | undefined {
  const messages = probe?.last_messages ?? []
  const last = messages.at(-1)
  const endMs = probe?.end?.ms
  const text = last?.text_start
  if (text === undefined || endMs === undefined || last?.ms === undefined) return undefined
  if (endMs - last.ms > JUST_BEFORE_MS) return undefined
  const reason = REASON_IN_JSON.exec(text)?.[1] ?? text
  const means = reason.length > LONGEST ? undefined : meaningOfReason(reason)
  if (means === undefined || !TELLING.includes(means)) return undefined
  const says = sentence`The last message before it is “${excerpt(text)}”`
  return { means, because: say(says, `probe.last_messages[${messages.length - 1}]`), isOfProtocol: false }
}
