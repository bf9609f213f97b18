/** The log's own words for what happened between the messages. */
import type { ConnectionState, EndedBy } from '#lib/store/connection/connection-state.ts'
import type { Note } from '#lib/store/connection/message-log.ts'
import { foreign } from '#lib/text/foreign.ts'

/** What the log says of a change of state, null where it is no news. `before` is null where an attempt begins. */
export function noteOf(state: ConnectionState, before: ConnectionState | null): Note | null {
  if (before?.phase !== 'suspect') return noteOfState(state)
  // A suspicion that grows is no news, and one that is lifted no second opening.
  if (state.phase === 'suspect') return null
  return state.phase === 'open' ? { tone: 'alive', text: 'peer is responding again' } : noteOfState(state)
}

function noteOfState(state: ConnectionState): Note {
  switch (state.phase) {
    case 'connecting':
      return { tone: 'neutral', text: 'connecting' }
    case 'open':
      return { tone: 'alive', text: openText(state) }
    case 'suspect':
      return { tone: 'waiting', text: `${state.unanswered} page pings unanswered: suspected half-open` }
    case 'closing':
      return { tone: 'waiting', text: `Close frame sent: ${withReason(String(state.code), state.reason)}` }
    case 'closed':
      return closedNote(state)
    case 'never-opened': {
      const after = milliseconds(state.afterMs)
      const text = state.abandoned
        ? `canceled by you after ${after}`
        : `failed to connect: ${state.says ?? state.code} after ${after}`
      return { tone: 'dead', text }
    }
    case 'refused':
      return { tone: 'dead', text: `rejected by the browser: ${state.name}: ${state.message}` }
    case 'blocked':
      return { tone: 'dead', text: `blocked by the page’s ${state.directive ?? 'Content Security Policy'}` }
  }
}

function openText({
  timeToOpenMs,
  subprotocol,
  extensions,
}: Extract<ConnectionState, { phase: 'open' }>): string {
  const agreed = [subprotocol === '' ? '' : `subprotocol ${subprotocol}`, extensions]
  return [`open after ${milliseconds(timeToOpenMs)}`, ...agreed.filter((part) => part !== '')].join(', ')
}

function closedNote(state: Extract<ConnectionState, { phase: 'closed' }>): Note {
  const code = withReason(`${state.code} ${state.name}`, state.reason)
  const tone = state.code === 1000 ? 'neutral' : 'dead'
  switch (state.how) {
    case 'close-frame':
      return {
        tone,
        text: `${code}, closed by ${closers[state.by]}${state.wasClean ? '' : '. TCP dropped before the Close handshake finished.'}`,
      }
    case 'dropped':
      return {
        tone: 'dead',
        text: `${state.code}, dropped without a Close frame${state.says === undefined ? '' : `: ${state.says}`}`,
      }
    case 'relay-lost':
      return { tone: 'dead', text: 'this page lost its connection to Why1006, which held this one' }
    case 'protocol-violation':
      return { tone: 'dead', text: `closed by the browser: the server violated the protocol: ${code}` }
  }
}

const closers = { client: 'this page', server: 'the server', network: 'the network' } satisfies Record<
  EndedBy,
  string
>

function withReason(code: string, reason: string): string {
  return reason === '' ? code : `${code}, “${foreign(reason)}”`
}

function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
