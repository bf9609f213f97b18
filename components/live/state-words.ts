import type { Tone } from '#components/ui/badge.tsx'
import { formatMs, formatSeconds } from '#components/ui/format.ts'
import { privateReadings } from '#lib/applications/close-codes.ts'
import { describeCloseCode, isApplicationCode, isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import type { ServerSide } from '#lib/store/connection/connection.ts'
import type {
  ClosedState,
  ConnectionState,
  EndedBy,
  RefusalClass,
} from '#lib/store/connection/connection-state.ts'
import { foreign } from '#lib/text/foreign.ts'

/** What of the server's own view a row needs; all null for foreign servers. */
export type SeenByServer = Pick<ServerSide, 'rejected' | 'disconnected' | 'pongTimeout'>

export interface StateWords {
  /** What the badge says. */
  word: string
  tone: Tone
  /** What happened, for states that are over: "dropped after 6.02 s without a Close frame". */
  detail: string | null
  /** Further lines: the code's meaning, the reason the peer gave, what the server saw. */
  more: readonly string[]
  /** Whether the cause is worth asking for. */
  puzzling: boolean
}

const calm = { detail: null, more: [], puzzling: false }

/** A connection's state in words. `server` adds what the server's own events know, such as the status of a refusal. */
export function stateWords(state: ConnectionState, server: SeenByServer): StateWords {
  switch (state.phase) {
    case 'connecting':
      return { ...calm, word: 'connecting', tone: 'waiting' }
    case 'open':
      return { ...calm, word: 'open', tone: 'alive' }
    case 'suspect':
      return { ...calm, word: 'suspected half-open', tone: 'waiting', puzzling: true }
    case 'closing':
      return {
        ...calm,
        word: 'closing',
        tone: 'waiting',
        detail: `Close frame ${state.code} sent, waiting for the reply`,
      }
    case 'closed':
      return closedWords(state, server)
    case 'never-opened':
      return neverOpenedWords(state, server)
    case 'refused':
      return {
        word: 'refused by the browser',
        tone: 'dead',
        detail: refusals[state.cause],
        more: [state.message],
        puzzling: state.cause === 'mixed-content',
      }
    case 'blocked':
      return {
        word: 'blocked by policy',
        tone: 'dead',
        detail: 'blocked by the page’s Content Security Policy',
        more: state.directive === null ? [] : [`directive ${state.directive}`],
        puzzling: false,
      }
  }
}

const refusals = {
  'mixed-content': 'blocked by the browser: ws:// on an HTTPS page',
  'bad-url': 'the browser rejected it before connecting: not a WebSocket URL',
  'bad-subprotocol': 'the browser rejected it before connecting: not a valid subprotocol',
  other: 'the browser rejected it before connecting',
} satisfies Record<RefusalClass, string>

const enders = {
  client: 'by this page',
  server: 'by the server',
  network: 'by the network',
} satisfies Record<EndedBy, string>

function closedWords(state: ClosedState, server: SeenByServer): StateWords {
  const orderly = state.wasClean && isOrderlyEnd(state.code)
  return {
    word: `closed ${state.code}`,
    tone: orderly ? 'unknown' : 'dead',
    detail: howItEnded(state),
    more: closedMore(state, server),
    // However orderly: a server that ends what nobody here wanted to end has its reasons.
    puzzling: state.how !== 'relay-lost' && (!orderly || state.by !== 'client'),
  }
}

function howItEnded(state: ClosedState): string {
  const after = `after ${formatSeconds(state.lastedMs)}`
  if (state.how === 'dropped') {
    return state.by === 'client'
      ? `dropped ${after}: the Close frame was not answered`
      : `dropped ${after} without a Close frame`
  }
  if (state.how === 'relay-lost') return `closed ${after}: this page lost its connection to Why1006`
  if (state.how === 'protocol-violation') {
    return `closed by ${state.says === undefined ? 'the browser' : 'Why1006'} ${after}: protocol violation`
  }
  // What the peer wrote tells more than the number's name.
  const what = state.reason === '' ? state.name : `“${foreign(state.reason)}”`
  return `${what}, sent ${enders[state.by]} ${after}`
}

function closedMore(state: ClosedState, { disconnected: seen, pongTimeout }: SeenByServer): string[] {
  if (state.how === 'close-frame') return meaningsOf(state.code)
  if (state.says !== undefined) return [state.says]
  if (pongTimeout !== null) return [`the server closed it: no pong within ${formatMs(pongTimeout.waited_ms)}`]
  if (seen === null) return []
  const { initiator, close_code: code } = seen
  if (code === undefined || initiator === undefined) return []
  return [
    initiator === 'network'
      ? `the server saw ${code} too: the network dropped it`
      : `the server saw ${code}, sent by the ${initiator}`,
  ]
}

/** Of a number that protocols use for themselves, what it is in those that are known. */
function meaningsOf(code: number): string[] {
  const known = privateReadings(code).filter(({ certain, from, to }) => certain && from === to)
  if (known.length > 0) return known.map(({ by, says }) => `in ${by}: ${says}`)
  return [isApplicationCode(code) ? 'a code of the application' : describeCloseCode(code).meaning]
}

function neverOpenedWords(
  state: Extract<ConnectionState, { phase: 'never-opened' }>,
  server: SeenByServer,
): StateWords {
  const after = `after ${formatMs(state.afterMs)}`
  if (state.abandoned)
    return { ...calm, word: 'never opened', tone: 'unknown', detail: `canceled by you ${after}` }
  const { rejected } = server
  return {
    word: 'never opened',
    tone: 'dead',
    detail:
      rejected === null
        ? state.says === undefined
          ? `failed ${after}; browsers hide the reason`
          : `failed ${after}`
        : `${rejected.status ?? rejected.close_code ?? ''} ${rejected.cause} ${after}`.trimStart(),
    more: rejected !== null ? [foreign(rejected.reason)] : state.says === undefined ? [] : [state.says],
    // A relay has told what there is to know.
    puzzling: state.says === undefined,
  }
}
