import type { Tone } from '#components/ui/badge.tsx'
import { formatMs, formatSeconds } from '#components/ui/format.ts'
import { describeCloseCode, isOrderlyEnd } from '#lib/protocol/close-codes.ts'
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
  /** What happened, for states that are over: "no close frame, after 6.02 s". */
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
      return { ...calm, word: 'closing', tone: 'waiting', detail: `close ${state.code} sent, no answer yet` }
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
  'bad-url': 'not a WebSocket URL, before any network',
  'bad-subprotocol': 'not a valid subprotocol, before any network',
  other: 'the browser rejected it before connecting',
} satisfies Record<RefusalClass, string>

const enders = {
  client: 'by this page',
  server: 'by the server',
  network: 'by the network',
} satisfies Record<EndedBy, string>

function closedWords(state: ClosedState, server: SeenByServer): StateWords {
  const expected = state.wasClean && isOrderlyEnd(state.code)
  const after = `after ${formatSeconds(state.lastedMs)}`
  return {
    word: `closed ${state.code}`,
    tone: expected ? 'unknown' : 'dead',
    detail: `${howItEnded(state)} ${after}`,
    more: closedMore(state, server),
    puzzling: !expected,
  }
}

function howItEnded(state: ClosedState): string {
  if (state.how === 'dropped') return 'no close frame,'
  if (state.how === 'protocol-violation') return 'protocol violation,'
  return `${state.name}, ${enders[state.by]},`
}

function closedMore(state: ClosedState, { disconnected: seen, pongTimeout }: SeenByServer): string[] {
  const meaning = state.how === 'close-frame' ? [describeCloseCode(state.code).meaning] : []
  const reason = state.reason === '' ? [] : [`reason: ${foreign(state.reason)}`]
  if (state.how === 'close-frame') return [...meaning, ...reason]
  if (pongTimeout !== null)
    return [...reason, `the server ended it: no pong within ${formatMs(pongTimeout.waited_ms)}`]
  if (seen === null) return [...meaning, ...reason]
  const ender = seen.initiator === 'network' ? 'the network' : `the ${seen.initiator}`
  return [...reason, `the server saw ${seen.close_code}, ended by ${ender}`]
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
        ? `${state.code}, cause hidden, ${after}`
        : `${rejected.status ?? rejected.close_code ?? ''} ${rejected.cause} ${after}`.trimStart(),
    more: rejected === null ? [] : [foreign(rejected.reason)],
    puzzling: true,
  }
}
