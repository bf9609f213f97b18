/** One row of "Connections": its attempts one after the other, and everything kept about them. */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import { type Attempts, createAttempts } from '#lib/store/connection/attempts.ts'
import type {
  Connection,
  ConnectionId,
  OpenRequest,
  Refusal,
  Target,
} from '#lib/store/connection/connection.ts'
import { isOver, isRunning } from '#lib/store/connection/connection-state.ts'
import { type Conversation, createConversation } from '#lib/store/connection/conversation.ts'
import { createLossKeeper } from '#lib/store/connection/losses.ts'
import { createMessageLog, type MessageLog } from '#lib/store/connection/message-log.ts'
import { noteOf } from '#lib/store/connection/notes.ts'
import { createRelayedKeeper } from '#lib/store/connection/relayed.ts'
import { createRoutes } from '#lib/store/connection/routes.ts'
import { createSampleLog } from '#lib/store/connection/samples.ts'
import {
  createPagePinger,
  createRepeater,
  createSpeaker,
  type PagePinger,
  type Repeater,
  type Speaker,
} from '#lib/store/connection/senders.ts'
import { createServerView } from '#lib/store/connection/server-side.ts'
import { createSilenceKeeper } from '#lib/store/connection/silence.ts'
import type { Attention } from '#lib/store/kit/attention.ts'
import type { PageSignal, Ports, Stop } from '#lib/store/kit/ports.ts'
import { foreign } from '#lib/text/foreign.ts'

export interface Row {
  readonly id: ConnectionId
  /** False for an experiment, which the next visit is not to know of. */
  readonly isLasting: boolean
  readonly target: Target
  readonly attempts: Attempts
  readonly conversation: Conversation
  readonly pinger: PagePinger
  readonly repeater: Repeater
  readonly speaker: Speaker
  readonly log: MessageLog
  /** Sends what a person said. */
  say(payload: Payload): Refusal | null
  /** An event that carries this row's trace; `at` on the page's clock. */
  onServerEvent(event: DiagnosticEvent, at: number): void
  onSignal(signal: PageSignal): void
  onBlind(fromAt: number, untilAt: number): void
  /** Its parts are not what `view` shows any more: publish with the next frame. */
  changed(): void
  /** The same object until something changes. */
  view(): Connection
  /** Lets go of the socket and every timer. */
  dispose(): void
}

export interface RowContext {
  readonly ports: Ports
  readonly attention: Attention
  /** A person sent this text. */
  onSaid(text: string): void
  changed(): void
}

export function createRow(id: ConnectionId, request: OpenRequest, context: RowContext): Row {
  const { attention } = context
  const ports =
    request.through === undefined ? context.ports : { ...context.ports, openSocket: request.through }
  const isLasting = request.remember !== false
  const routes = createRoutes(request, ports.page.origin)
  // Only what a fallback leaves as it is: it leads to no server of ours.
  const target = routes.target()
  const log = createMessageLog()
  const samples = createSampleLog()
  const conversation = createConversation(target, attention, log, samples)
  const serverView = createServerView(samples)
  const losses = createLossKeeper()
  const silence = createSilenceKeeper()
  const relayed = createRelayedKeeper()
  let stopWatching: Stop = () => {}
  let cached: Connection | null = null

  const changed = (): void => {
    cached = null
    context.changed()
  }

  const transmit = (payload: Payload, isPing: boolean): Refusal | null => {
    const refusal = attempts.send(payload)
    if (refusal === null) {
      silence.sent(ports.now())
      conversation.sent(payload, isPing)
    }
    changed()
    return refusal
  }
  const pinger = createPagePinger(
    ports,
    target,
    request.pagePings ?? { mode: 'off' },
    (payload) => transmit(payload, true),
    () => {
      if (!attempts.ping()) return
      silence.sent(ports.now())
      conversation.pinged()
      changed()
    },
  )
  const repeater = createRepeater(ports, (payload) => transmit(payload, false))
  const speaker = createSpeaker(ports, request.speak, (payload) => transmit(payload, false))

  const watch = (): Stop =>
    attention.watch((look) => {
      if (!conversation.check(look)) return
      attempts.suspect(conversation.suspicion())
      changed()
    })

  /** Nobody sends any more, and what does not come is not missed. */
  const fallSilent = (): void => {
    pinger.stop()
    repeater.stop()
    speaker.stop()
    stopWatching()
    conversation.ended()
  }

  const attempts = createAttempts(ports, routes, {
    onBegin(attempt, last) {
      if (last !== null && isRunning(last)) {
        log.addNote(ports.now(), { tone: 'neutral', text: 'closed by this page to reconnect: 1000' })
        samples.add({ kind: 'close', at: ports.now(), code: 1000 })
      }
      fallSilent()
      serverView.reset()
      conversation.reset()
      relayed.reset()
      if (routes.view()?.isElsewhere === true) {
        log.addNote(ports.now(), { tone: 'neutral', text: `trying ${foreign(routes.target().label)}` })
      }
      // Another address in place of one that never opened is no reconnection.
      const isElsewhere = last?.phase === 'never-opened' && routes.isOpen()
      if (attempt > 1 && !isElsewhere) samples.add({ kind: 'reconnect', at: ports.now(), attempt })
    },
    onState(state, before) {
      const note = noteOf(state, before)
      if (note !== null) log.addNote(ports.now(), note)
      if (state.phase === 'open' && before?.phase !== 'suspect') {
        samples.add({ kind: 'open', at: state.openedAt, attempt: attempts.view().attempt })
        silence.opened(state.openedAt)
        stopWatching = watch()
        conversation.opened(pinger.pings())
        pinger.begin()
        speaker.begin(state.subprotocol, routes.target())
      } else if (state.phase === 'closing') fallSilent()
      else if (isOver(state)) {
        fallSilent()
        samples.add({ kind: 'close', at: ports.now(), code: 'code' in state ? state.code : null })
      }
      changed()
    },
    onLoss(loss) {
      const { lastByteAt } = conversation.view().traffic
      losses.add({ ...loss, lastByteAt: lastByteAt ?? loss.state.opened.openedAt })
    },
    onChange: changed,
    onMessage(payload) {
      silence.received(ports.now())
      conversation.received(payload)
      attempts.suspect(0)
      speaker.hear(payload)
      changed()
    },
    onNotice(notice) {
      const at = ports.now()
      relayed.take(notice, at)
      if (notice.type !== 'handshake') {
        silence.received(at)
        if (notice.type === 'pong' && notice.roundTripMs !== null) conversation.ponged(notice.roundTripMs)
        else conversation.sawFrame()
        attempts.suspect(0)
      }
      if (notice.type === 'ping')
        log.addNote(at, { tone: 'neutral', text: 'ping frame received, answered with a pong' })
      changed()
    },
  })
  if (request.autoReconnect === true) attempts.setAutoReconnect(true)

  return {
    id,
    isLasting,
    get target() {
      return routes.target()
    },
    attempts,
    conversation,
    pinger,
    repeater,
    speaker,
    log,
    say(payload) {
      const refusal = transmit(payload, false)
      if (refusal === null && payload.opcode === 'text') context.onSaid(payload.text)
      return refusal
    },
    onServerEvent(event, at) {
      serverView.onEvent(event, at)
      changed()
    },
    onSignal(signal) {
      attempts.onSignal(signal)
      if (signal.type === 'visibility' && isRunning(attempts.state())) {
        samples.add({ kind: signal.hidden ? 'hidden' : 'visible', at: ports.now() })
      }
      changed()
    },
    onBlind(fromAt, untilAt) {
      if (!isRunning(attempts.state())) return
      samples.add({ kind: 'blind', at: fromAt, untilAt })
      changed()
    },
    changed,
    view() {
      cached ??= {
        id,
        isLasting,
        target: routes.target(),
        ...attempts.view(),
        ...conversation.view(),
        serverRtt: serverView.roundTrips(),
        server: serverView.side(),
        pagePings: pinger.pings(),
        losses: losses.view(),
        survivedMs: silence.view(),
        isSpoken: speaker.speaks(),
        relayed: relayed.view(),
        tried: routes.view(),
        repeat: repeater.view(),
        log: log.view(),
        samples: samples.view(),
      }
      return cached
    },
    dispose() {
      fallSilent()
      attempts.dispose()
    },
  }
}
