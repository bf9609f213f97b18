/** What several scenarios look for in the record of a connection. */

import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import { readOwnMessage } from '#lib/protocol/own-message.ts'
import type { Expectation, Scene, Sight } from '#lib/scenarios/scenario.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { type ClosedState, isOver } from '#lib/store/connection/connection-state.ts'
import type { MessageEntry } from '#lib/store/connection/message-log.ts'
import { describeDuration } from '#lib/text/duration.ts'

export const pending: Sight = { is: 'pending' }
export const seen = (says: string): Sight => ({ is: 'seen', says })
export const missed = (says: string): Sight => ({ is: 'missed', says })

/** Events of the server may come a little after what the page saw. */
const EVENTS_WITHIN_MS = 3_000

export const opens: Expectation = {
  expects: 'The connection opens',
  look: ({ connection: { state } }) => {
    if (state.phase === 'connecting') return pending
    if (state.phase === 'open' || state.phase === 'suspect')
      return seen(`page: opened in ${describeDuration(state.timeToOpenMs)}`)
    if (state.phase === 'closed')
      return seen(`page: opened in ${describeDuration(state.opened.timeToOpenMs)}`)
    return missed(howItEnded(state))
  },
}

/** The attempt ends without having been open. @param expects says how */
export const neverOpens = (expects: string): Expectation => ({
  expects,
  look: ({ connection: { state } }) => {
    if (state.phase === 'connecting') return pending
    return state.phase === 'never-opened'
      ? seen(`page: error, then close ${state.code}, after ${describeDuration(state.afterMs)}`)
      : missed(howItEnded(state))
  },
})

/** Dropped while open, as script sees it: 1006, no error event, no Close frame. */
export const isDropped: Expectation = {
  expects: 'The page gets 1006: no error event, no Close frame, nothing in the console',
  look: ({ connection: { state } }) => {
    const closed = lossOf(state)
    if (closed !== null) return seen(`page: close 1006 after ${describeDuration(closed.lastedMs)}`)
    return isOver(state) ? missed(howItEnded(state)) : pending
  },
}

/** Timers of proxies strike up to 0.3 s early (nginx), and the last byte may have reached a busy page late. */
const EARLY_MS = 1_000
/** Timers that are looked at once a second strike late (Apache), and so does a busy machine. */
const LATE_MS = 2_500

/** The silence before the cut, by what the page could see of it. */
export const silenceFits = (limitSeconds: number): Expectation => ({
  expects: `${limitSeconds} s of silence came before it`,
  look: ({ connection: { state, traffic } }) => {
    const closed = lossOf(state)
    if (closed === null) return isOver(state) ? missed('it was not cut') : pending
    const silenceMs = closed.at - (traffic.lastByteAt ?? closed.opened.openedAt)
    const says = `page: ${describeDuration(silenceMs)} since the last byte`
    const overMs = silenceMs - limitSeconds * 1000
    return overMs >= -EARLY_MS && overMs <= LATE_MS ? seen(says) : missed(says)
  },
})

/** What the server wrote of the end. */
export const serverSawLoss: Expectation = {
  expects: 'The server notes 1006 too: the other side hung up without a Close frame',
  look: (scene) => {
    const { disconnected } = scene.connection.server
    if (disconnected === null) return lateEvent(scene, 'the server wrote no end')
    const says = `server: ${disconnected.close_code}, ended by the ${disconnected.initiator}`
    return disconnected.close_code === 1006 && disconnected.initiator === 'network'
      ? seen(says)
      : missed(says)
  },
}

/** Nothing of the attempt arrived at the server. */
export const serverSawNothing: Expectation = {
  expects: 'No handshake arrives at the server',
  look: (scene) => {
    if (scene.connection.server.attempt !== null) return missed('server: the handshake arrived')
    if (!isOver(scene.connection.state)) return pending
    if (!scene.isFeedLive) return missed('server events are off')
    return sinceEnd(scene) > EVENTS_WITHIN_MS / 3 ? seen('server: no attempt') : pending
  },
}

/** Looks at an event that is still to come; `instead` when it stays away. */
export function lateEvent(scene: Scene, instead: string): Sight {
  const waited = sinceEnd(scene)
  return waited > EVENTS_WITHIN_MS ? missed(scene.isFeedLive ? instead : 'server events are off') : pending
}

/** Milliseconds since the connection was over; 0 while it is not. */
export function sinceEnd({ connection: { state }, now }: Scene): number {
  return isOver(state) && 'at' in state ? Math.max(0, now - state.at) : 0
}

export function lossOf(state: Connection['state']): ClosedState | null {
  return state.phase === 'closed' && state.code === 1006 && state.how === 'dropped' ? state : null
}

export function howItEnded(state: Connection['state']): string {
  switch (state.phase) {
    case 'closed':
      return `page: close ${state.code} ${state.name} after ${describeDuration(state.lastedMs)}`
    case 'never-opened':
      return `page: never opened, ${state.code} after ${describeDuration(state.afterMs)}`
    case 'refused':
      return `page: the constructor threw a ${state.name}`
    case 'blocked':
      return 'page: blocked by a content security policy'
    default:
      return `page: it is ${state.phase}`
  }
}

/** Messages that came in, oldest first. */
export function messagesIn({ log }: Connection): MessageEntry[] {
  const messages: MessageEntry[] = []
  for (const entry of log) if (entry.type === 'message' && entry.direction === 'in') messages.push(entry)
  return messages
}

export function isReadable(endpoint: OwnEndpoint | null, { payload }: MessageEntry): boolean {
  return endpoint === null || readOwnMessage(endpoint, payload).ok
}

/** It lives longer than what cut it before. */
export const outlives = (seconds: number, limit: string): Expectation => ({
  expects: `Open for ${seconds} s, past ${limit}`,
  look: ({ connection: { state }, now }) => {
    if (state.phase === 'connecting') return pending
    const openedAt = state.phase === 'open' || state.phase === 'suspect' ? state.openedAt : null
    if (openedAt !== null) {
      return now - openedAt >= seconds * 1000
        ? seen(`page: open for ${describeDuration(now - openedAt)}`)
        : pending
    }
    const lasted = state.phase === 'closed' ? state.lastedMs : state.phase === 'closing' ? seconds * 1000 : 0
    return lasted >= seconds * 1000
      ? seen(`page: was open for ${describeDuration(lasted)}`)
      : missed(howItEnded(state))
  },
})
