/** What the backend saw of the connection: the request as it arrived, and how the connection ended there. */

import type { Evidence, ServerEvent } from '#lib/evidence/schema.ts'
import { isRefusal } from '#lib/facts/ending/of-words.ts'
import { type RequestView, readRequest } from '#lib/facts/request.ts'
import type { ToldView } from '#lib/facts/told.ts'

export type BackendView = {
  /** The backend was watched; without that, silence proves nothing. Lines of its log alone are no watch. */
  watched: boolean
  /** Events of this connection were recorded there. */
  recorded: boolean
  /** Somebody had a clock: events that were concluded from a text may have no times. */
  timed: boolean
  /** Anything of this connection reached it. */
  arrived: boolean
  request: RequestView | undefined
  upgradedMs: number | undefined
  /** The backend's own refusal of the handshake. */
  refusal: { status: number | undefined; ms: number; at: number } | undefined
  /** What ended the connection at the backend's socket, earliest first. */
  ends: readonly BackendEnd[]
  /** Close frame that the client sent. */
  clientClose: { code: number; reason: string; ms: number; at: number } | undefined
  /** The library's close event: the code that the backend received (or, with `sent`, chose), 1006 for none. `cutOff`: TCP ended under it. */
  close: { code: number; reason: string; ms: number; at: number; sent: boolean; cutOff: boolean } | undefined
  errors: readonly { code: string; message: string; ms: number; at: number }[]
  pongMissed: { ms: number; at: number } | undefined
  /** When it ended, the system of the peer had not acknowledged these bytes, however often they were sent again. */
  unacknowledged: { bytes: number; times: number; at: number } | undefined
  /** The server says that it had stopped taking connections when this one ended. */
  draining: { at: number } | undefined
  exit:
    | {
        signal: string | undefined
        exitCode: number | undefined
        /** Nobody saw it end: it gave no sign of life any more. */
        silent: boolean
        ms: number | undefined
        at: number
      }
    | undefined
  /** When the backend last recorded anything of the connection. */
  lastEventMs: number | undefined
  lastMessageMs: number | undefined
  messages: number
  logs: readonly { text: string; at: number }[]
}

/** What a process writes without any connection. */
const OF_THE_PROCESS: ReadonlySet<string> = new Set(['signal', 'process_exit', 'log'])

/** `vanished`: what was sent was never acknowledged, and the system gave up. */
export type BackendEnd = { how: 'fin' | 'rst' | 'close' | 'vanished'; ms: number; at: number; code?: string }

/** Errors of a connection whose peer no longer answers on the level of TCP or below (Linux, tcp(7) and ip(7)). */
const VANISHED: ReadonlySet<unknown> = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH'])

/** Path of a server event in the evidence. */
export const serverPath = (at: number | undefined): string => (at === undefined ? 'server' : `server[${at}]`)

export function readBackend(evidence: Evidence, told: ToldView): BackendView {
  // Some recorders stamp with the wall clock: the request is where the connection begins.
  const request = readRequest(evidence)
  const zeroMs = request === undefined ? 0 : (evidence.server?.[request.at]?.ms ?? 0)
  const events = (evidence.server ?? []).map((event, at) => ({
    event,
    at,
    ms: (event.ms ?? zeroMs) - zeroMs,
  }))
  const first = (test: (event: ServerEvent) => boolean) =>
    events.filter(({ event }) => test(event)).reduce<(typeof events)[number] | undefined>(earlier, undefined)
  const ofType = (type: string) => first((event) => event.type === type)

  const upgraded = ofType('upgraded')
  const refusal = ofType('rejected') ?? first((e) => e.type === 'response' && e.status !== 101)
  const stated = first((e) => e.type === 'response' && e.status !== 101)
  const closeFrame = first((e) => e.type === 'frame' && e.from !== 'server' && e.opcode === 8)
  const close = ofType('close')
  const pong = ofType('pong_missed')
  const unacknowledged = ofType('unacknowledged')
  const draining = ofType('draining')
  const exit = ofType('process_exit')
  const messages = events.filter(({ event }) => event.type === 'message' || isDataFrame(event))
  const recorded = events.some(({ event }) => !OF_THE_PROCESS.has(event.type))
  return {
    watched: isWatch(evidence.server),
    recorded,
    timed: events.some(({ event: { ms } }) => ms !== undefined),
    arrived: recorded || told.server.some(({ means }) => isRefusal(means)),
    request,
    upgradedMs: upgraded?.ms,
    refusal: refusal && { status: stated?.event.status, ms: refusal.ms, at: refusal.at },
    ends: events
      .flatMap(({ event, ms, at }) => {
        const how = endOf(event)
        const code = how === 'vanished' ? { code: String(event.code) } : {}
        return how ? [{ how, ms, at, ...code }] : []
      })
      .sort((a, b) => a.ms - b.ms),
    clientClose: closeFrame && { ...closeOf(closeFrame.event), ms: closeFrame.ms, at: closeFrame.at },
    close: close && {
      ...closeOf(close.event),
      ms: close.ms,
      at: close.at,
      sent: close.event.by === 'server',
      cutOff: close.event.by === 'network',
    },
    errors: events
      .filter(({ event }) => event.type === 'error')
      .map(({ event, ms, at }) => ({ code: String(event.code ?? ''), message: event.message ?? '', ms, at })),
    pongMissed: pong && { ms: pong.ms, at: pong.at },
    unacknowledged: unacknowledged && {
      bytes: unacknowledged.event.length ?? 0,
      times: unacknowledged.event.times ?? 0,
      at: unacknowledged.at,
    },
    draining: draining && { at: draining.at },
    exit: exit && {
      signal: exit.event.signal,
      exitCode: exit.event.exit_code,
      silent: exit.event.silent === true,
      ms: exit.event.ms === undefined ? undefined : exit.ms,
      at: exit.at,
    },
    lastEventMs: events.reduce<number | undefined>((last, { ms }) => Math.max(last ?? 0, ms), undefined),
    lastMessageMs: messages.reduce<number | undefined>((last, { ms }) => Math.max(last ?? 0, ms), undefined),
    messages: messages.length,
    logs: events
      .filter(({ event }) => event.type === 'log' && event.text !== undefined)
      .map(({ event, at }) => ({ text: (event.text ?? '').slice(0, 4000), at })),
  }
}

const isWatch = (server: readonly ServerEvent[] | undefined): boolean =>
  server !== undefined && (server.length === 0 || server.some(({ type }) => type !== 'log'))

type Indexed = { event: ServerEvent; at: number; ms: number }

const earlier = (a: Indexed | undefined, b: Indexed): Indexed => (a && a.ms <= b.ms ? a : b)

const isDataFrame = (event: ServerEvent): boolean =>
  event.type === 'frame' && event.opcode !== undefined && event.opcode < 8

function endOf(event: ServerEvent): BackendEnd['how'] | undefined {
  if (event.type === 'fin_received') return 'fin'
  if (event.type === 'tcp_error') return VANISHED.has(event.code) ? 'vanished' : 'rst'
  return event.type === 'close' ? 'close' : undefined
}

const closeOf = (event: ServerEvent) => ({
  code: typeof event.code === 'number' ? event.code : 1005,
  reason: event.reason ?? '',
})
