/** What was said on one connection, and what it tells: traffic, the log, round trips, beats. */

import type { ServerMessage } from '#lib/protocol/messages.ts'
import { isAnswer, isAnswered, readOwnMessage } from '#lib/protocol/own-message.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { sizeBytesOf } from '#lib/protocol/payload.ts'
import { createBeatWatch } from '#lib/store/connection/beat-watch.ts'
import type { Connection, PagePings, Target } from '#lib/store/connection/connection.ts'
import type { MessageLog } from '#lib/store/connection/message-log.ts'
import { createPingKeeper, SUSPECT_AFTER } from '#lib/store/connection/pings.ts'
import { createRoundTripKeeper } from '#lib/store/connection/round-trips.ts'
import type { SampleLog } from '#lib/store/connection/samples.ts'
import { createTrafficKeeper } from '#lib/store/connection/traffic.ts'
import type { Attention, Look } from '#lib/store/kit/attention.ts'

/** How long a page ping may take: as long as its interval, within these. */
const PING_TIMEOUT_MS = { min: 1_000, max: 10_000 }

function pingTimeoutMs(intervalMs: number): number {
  return Math.min(Math.max(intervalMs, PING_TIMEOUT_MS.min), PING_TIMEOUT_MS.max)
}

export interface Conversation {
  opened(pings: PagePings): void
  pingsChanged(pings: PagePings): void
  sent(payload: Payload, isPing: boolean): void
  received(payload: Payload): void
  /** A frame that is no message came: a relay sees pings. */
  sawFrame(): void
  /** A ping frame was sent by a relay, and its pong came. */
  pinged(): void
  ponged(roundTripMs: number): void
  /** Judges what did not come. True when something changed. */
  check(look: Look): boolean
  /** Page pings in a row without an answer, 0 until they make the connection suspect. */
  suspicion(): number
  ended(): void
  reset(): void
  view(): Pick<Connection, 'traffic' | 'pageRtt' | 'beats' | 'pings'>
}

export function createConversation(
  { endpoint }: Target,
  attention: Pick<Attention, 'look'>,
  log: MessageLog,
  samples: SampleLog,
): Conversation {
  const traffic = createTrafficKeeper()
  const pageRtt = createRoundTripKeeper()
  const beatWatch = createBeatWatch(samples.add)
  const pings = createPingKeeper(endpoint !== null)
  /** Each pong belongs to its ping; a message answers none of them. */
  const framePings = createPingKeeper(true)
  let timeoutMs = PING_TIMEOUT_MS.max
  let wasOpened = false
  /** The page itself is still starting when it sends the first of many pings. Where one is asked for, it is all there is. */
  let isWarmUpDue = false

  const pingsChanged = (next: PagePings): void => {
    timeoutMs = next.mode === 'every' ? pingTimeoutMs(next.intervalMs) : PING_TIMEOUT_MS.max
    // Beats that the server sends by itself tell more than answers to our own.
    if (beatWatch.view().source === 'server') return
    if (next.mode !== 'every') beatWatch.end()
    else beatWatch.begin({ source: 'page-pings', intervalMs: next.intervalMs, timeoutMs }, attention.look())
  }

  const follow = (config: { ping_interval: number; ping_timeout: number }, look: Look): void => {
    const intervalMs = config.ping_interval * 1_000
    beatWatch.begin({ source: 'server', intervalMs, timeoutMs: config.ping_timeout * 1_000 }, look)
  }

  const hear = (message: ServerMessage, look: Look): void => {
    if (message.type === 'welcome') follow(message.config, look)
    else if (message.type === 'health_status' && message.status === 'connected') follow(message.config, look)
    else if (message.type === 'heartbeat' || message.type === 'server_ping') {
      beatWatch.beat(look, message.timestamp * 1_000)
    }
  }

  const measure = (payload: Payload, message: ServerMessage | null, look: Look) => {
    const answered = isAnswer(endpoint, payload, message) ? pings.answered(look) : null
    const roundTripMs = answered?.roundTripMs ?? null
    if (roundTripMs !== null) {
      const isWarmUp = isWarmUpDue && answered?.isPing === true
      if (isWarmUp) pageRtt.addWarmUp(roundTripMs)
      else pageRtt.add(roundTripMs)
      samples.add({ kind: 'page-rtt', at: look.now, ms: roundTripMs, ...(isWarmUp && { isWarmUp }) })
      isWarmUpDue &&= !isWarmUp
      if (answered?.isPing) beatWatch.answer(look, roundTripMs)
    }
    return { isPing: answered?.isPing ?? false, rttMs: roundTripMs }
  }

  return {
    opened(next) {
      const { now } = attention.look()
      traffic.opened(now)
      isWarmUpDue = next.mode === 'every' && !wasOpened
      wasOpened = true
      pingsChanged(next)
    },
    pingsChanged,

    sent(payload, isPing) {
      const look = attention.look()
      const at = look.now
      const sizeBytes = sizeBytesOf(payload)
      traffic.sent(at, sizeBytes, isPing)
      if (isAnswered(endpoint, payload, isPing)) pings.sent(look, isPing)
      log.addMessage({ at, direction: 'out', payload, sizeBytes, isPing, rttMs: null })
    },

    received(payload) {
      const look = attention.look()
      const at = look.now
      const sizeBytes = sizeBytesOf(payload)
      traffic.received(at, sizeBytes)
      const reading = endpoint === null ? null : readOwnMessage(endpoint, payload)
      const message = reading?.ok ? reading.message : null
      if (message !== null) hear(message, look)
      const answer = measure(payload, message, look)
      pings.sawLife()
      framePings.sawLife()
      log.addMessage({ at, direction: 'in', payload, sizeBytes, ...answer })
    },

    sawFrame() {
      traffic.sawFrame(attention.look().now)
      pings.sawLife()
      framePings.sawLife()
    },
    pinged() {
      const look = attention.look()
      traffic.sawFrame(look.now)
      framePings.sent(look, true)
    },
    ponged(roundTripMs) {
      this.sawFrame()
      const look = attention.look()
      if (framePings.answered(look) === null) return
      pageRtt.add(roundTripMs)
      samples.add({ kind: 'page-rtt', at: look.now, ms: roundTripMs })
      beatWatch.answer(look, roundTripMs)
    },

    check(look) {
      const beatsBefore = beatWatch.view()
      beatWatch.check(look)
      const lost = [...pings.expire(look, timeoutMs), ...framePings.expire(look, timeoutMs)]
      for (const sentAt of lost) {
        samples.add({ kind: 'unanswered', at: sentAt })
        beatWatch.unanswered(sentAt)
      }
      return lost.length > 0 || beatWatch.view() !== beatsBefore
    },

    suspicion() {
      const unansweredInRow = Math.max(pings.view().unansweredInRow, framePings.view().unansweredInRow)
      return unansweredInRow >= SUSPECT_AFTER ? unansweredInRow : 0
    },
    ended() {
      traffic.ended(attention.look().now)
      beatWatch.end()
    },
    reset() {
      traffic.reset()
      pageRtt.reset()
      beatWatch.reset()
      pings.reset()
      framePings.reset()
    },
    view: () => ({
      traffic: traffic.view(),
      pageRtt: pageRtt.view(),
      beats: beatWatch.view(),
      pings: framePings.view().sent > 0 ? framePings.view() : pings.view(),
    }),
  }
}
