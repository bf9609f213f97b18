/**
 * The lines of our own log, defined once: the server writes by this table and the reader of logs reads by it.
 * People search for the words, so they may be added to and not changed.
 */
import type { DiagnosticEvent, EventKind, EventOf } from '#lib/protocol/events.ts'
import { quote, unquote } from '#lib/protocol/log-value.ts'

/** How every line begins. It ends with `, at=` and the time in ISO 8601. */
export const LINE_MARK = '[WS_DIAGNOSTICS] '

/** A value: what is before it, the event's name for it, and what is written where the event lacks it (else nothing is). */
export type LineField<Key extends string = string> = readonly [
  label: `${string}=` | `${string}: `,
  key: Key,
  absent?: string,
]

/** Words that differ from event to event. */
export interface LineHead<E extends DiagnosticEvent = DiagnosticEvent> {
  write(event: E): string
  /** The values among the words, by the event's names; undefined where a line begins otherwise. */
  read(text: string): Readonly<Record<string, string>> | undefined
}

/** In the order of the line: words, which bring their own blanks, and values, with `, ` between two of them. */
export type LinePart<Key extends string = string> = string | LineHead | LineField<Key>

export const isField = (part: LinePart): part is LineField => Array.isArray(part)

export const isHead = (part: LinePart): part is LineHead => typeof part === 'object' && 'read' in part

type KeyOf<E> = keyof { [Key in keyof E as string extends Key ? never : Key]: E[Key] } & string

type Table = { readonly [K in EventKind]: readonly LinePart<KeyOf<EventOf<K>>>[] }

const connection = [
  ['client_id=', 'client_id'],
  ['path=', 'endpoint'],
  ['trace=', 'trace'],
  ['service=', 'service'],
] as const satisfies readonly LinePart<KeyOf<EventOf<'accepted'>>>[]

/** The words of a 403 are the same whichever way the origin is turned away. */
const rejection: LineHead<EventOf<'rejected'>> = {
  write: ({ cause, reason, status, close_code }) => {
    const how = status ?? (close_code === undefined ? undefined : `close_code=${close_code}`)
    // An attempt that ended without an answer has neither.
    if (how === undefined) return `REJECTED: ${quote(reason)}`
    if (cause !== 'origin') return `REJECTED ${how}: ${quote(reason)}`
    // Only plain words go without quotes: a simulated proxy names the client's Origin in its reason.
    const words = /^[A-Za-z ]{1,120}$/.test(reason) ? reason : quote(reason)
    return `403 FORBIDDEN: ${words}${status === 403 ? '' : ` (${how})`}`
  },
  read: (text) => {
    const match =
      /^(?:REJECTED(?: (\S+?))?|(\d{3}) [A-Z ]+?)(?:: ("(?:[^"\\]|\\.)*"|[^\s"',=\\]+|[^,"=(]{1,120}?))?(?: \(([^)]+)\))?(?: -|,|$)/.exec(
        text,
      )
    if (match === null) return undefined
    const [, refused, forbidden, reason, instead] = match
    const [, status, closeCode] =
      /^(?:(\d{3})|close_code=(\d{4}))$/.exec(instead ?? refused ?? forbidden ?? '') ?? []
    return {
      ...(reason && { reason: unquote(reason) }),
      ...(status && { status }),
      ...(closeCode && { close_code: closeCode }),
    }
  },
}

const serverState: LineHead<EventOf<'server'>> = {
  write: ({ state }) => `SERVER ${state}`,
  read: (text) => {
    const state = /^SERVER (\w+)/.exec(text)?.[1]
    return state === undefined ? undefined : { state }
  },
}

export const logLines: Table = {
  attempt: [
    'CONNECTION ATTEMPT START ',
    ...connection,
    ['client=', 'address'],
    ['url=', 'url'],
    ['role=', 'role'],
    ['http=', 'http_version'],
    ['Origin: ', 'origin', 'no_origin'],
    ['User-Agent: ', 'user_agent', 'none'],
    ['Scheme: ', 'scheme'],
    ['X-Forwarded-For: ', 'forwarded_for', 'none'],
    ['X-Forwarded-Proto: ', 'forwarded_proto', 'none'],
    ['X-Forwarded-Host: ', 'forwarded_host', 'none'],
    ['X-Real-IP: ', 'real_ip', 'none'],
    ['Upgrade: ', 'upgrade', 'none'],
    ['Connection: ', 'connection', 'none'],
    ['Host: ', 'host', 'none'],
  ],
  rejected: [rejection, ' - ', ...connection, ['cause=', 'cause'], ['Origin: ', 'origin'], ['by=', 'by']],
  accepted: [
    'CONNECTION ACCEPTED ',
    ...connection,
    ['ping_interval=', 'ping_interval_seconds'],
    ['ping_timeout=', 'ping_timeout_seconds'],
  ],
  heartbeat: ['HEARTBEAT ', ...connection, ['ping_number=', 'ping_number'], ['rtt_ms=', 'rtt_ms']],
  pong_timeout: [
    'PONG TIMEOUT ',
    ...connection,
    ['ping_number=', 'ping_number'],
    ['waited_ms=', 'waited_ms'],
  ],
  traffic: [
    'TRAFFIC ',
    ...connection,
    ['messages_in=', 'messages_in'],
    ['messages_out=', 'messages_out'],
    ['bytes_in=', 'bytes_in'],
    ['bytes_out=', 'bytes_out'],
  ],
  disconnected: [
    ...connection,
    ' disconnected - ',
    ['code=', 'close_code'],
    ['close_code=', 'close_code'],
    ['reason=', 'reason'],
    ['duration_ms=', 'duration_ms'],
    ['pings=', 'pings'],
    ['pongs=', 'pongs'],
    ['ended_by=', 'initiator'],
    ['socket_error=', 'socket_error'],
    ['silence_ms=', 'silence_ms'],
    ['since_rx_ms=', 'since_rx_ms'],
    ['since_pong_ms=', 'since_pong_ms'],
    ['missed_pongs=', 'missed_pongs'],
    ['event_loop_delay_ms=', 'event_loop_delay_ms'],
    ['buffered_bytes=', 'buffered_bytes'],
    ['unacked_bytes=', 'unacked_bytes'],
    ['retransmits=', 'retransmits'],
    ['draining=', 'draining'],
    ['process=', 'process'],
  ],
  error: ['ERROR ', ...connection, ['code=', 'code'], ['message=', 'message']],
  recorded: [
    'RECORDED ',
    ['recording=', 'recording'],
    ['Origin: ', 'origin'],
    ['url=', 'url'],
    ['phase=', 'phase'],
    ['close_code=', 'close_code'],
    ['reason=', 'reason'],
    ['duration_ms=', 'duration_ms'],
    ['messages_in=', 'messages_in'],
    ['messages_out=', 'messages_out'],
  ],
  watch: [
    'WATCH ',
    ['state=', 'state'],
    ['watch=', 'watch'],
    ['url=', 'url'],
    ['says=', 'says'],
    ['age_ms=', 'age_ms'],
    ['silence_ms=', 'silence_ms'],
    ['close_code=', 'close_code'],
    ['cause=', 'cause'],
    ['certainty=', 'certainty'],
    ['report=', 'report'],
    ['down_ms=', 'down_ms'],
    ['attempts=', 'attempts'],
    ['unwatched_ms=', 'unwatched_ms'],
  ],
  server: [serverState, ' ', ['instance=', 'instance']],
}

/** One event as a line of text, without its line break. The words people search for come first, the time last. */
export function formatLine(event: DiagnosticEvent): string {
  const parts: readonly LinePart[] = logLines[event.kind]
  let line = LINE_MARK
  let isAfterValue = false
  for (const part of parts) {
    if (isField(part)) {
      const value = event[part[1]]
      const written = value === undefined ? part[2] : typeof value === 'number' ? value : quote(String(value))
      if (written === undefined) continue
      line += isAfterValue ? `, ${part[0]}${written}` : part[0] + written
      isAfterValue = true
    } else {
      line += isHead(part) ? part.write(event) : part
      isAfterValue = false
    }
  }
  return `${line}, at=${isoTime(Math.round(event.at * 1000))}`
}

let writtenSecond = Number.NaN
let writtenTime = ''

/** Written once for all lines of a second, but for the milliseconds. */
function isoTime(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== writtenSecond) {
    writtenTime = new Date(second * 1000).toISOString().slice(0, -'000Z'.length)
    writtenSecond = second
  }
  return `${writtenTime}${String(ms - second * 1000).padStart(3, '0')}Z`
}
