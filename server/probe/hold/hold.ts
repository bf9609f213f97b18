/**
 * The open connection: a first message if asked for, one ping, then silence (or a heartbeat) for as long as
 * wanted, then the close handshake. Pings of the server are answered, as a browser does.
 */
import { randomBytes } from 'node:crypto'
import type { Speaker } from '#lib/applications/speaker.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { mayTravel } from '#lib/protocol/close-codes.ts'
import { createFrameReader, type FrameRecord } from '#server/probe/hold/frame-reader.ts'
import { createHoldNotes, type HoldNotes, LAST_PING } from '#server/probe/hold/hold-notes.ts'
import { createSpeech } from '#server/probe/hold/speech.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import type { Wire, WireEnd, WireListener } from '#server/probe/transport/wire.ts'
import { type Opcode, opcodes } from '#server/wire/frame.ts'
import { encodeClosePayload, encodeRawFrame, readClosePayload } from '#server/wire/raw-frame.ts'

export interface HoldOptions {
  /** How long the connection is watched before the probe closes it. */
  watchMs: number
  /** Milliseconds between pings; absent: silence after the first ping. */
  heartbeatMs?: number
  /** Text sent first, in place of what a protocol above WebSocket begins with. */
  send?: string
  /** Speaks for that protocol; absent: the probe sends nothing but pings, pongs and its Close frame. */
  speaker?: Speaker
  /** Reserved bits that the negotiated extension uses. */
  extensionBits: number
  /** True: the close handshake is carried out and reported. False: a close frame and gone. */
  closeInOrder: boolean
  onClosing?: () => void
}

export type HoldResult = HoldNotes & Required<Pick<ProbeEvidence, 'frames' | 'end'>>

/** A violation is the story; what follows it is watched only this long. */
const AFTER_VIOLATION_MS = 200
/** After a close frame the server should end TCP (RFC 6455 §7.1.1); Chromium waits 2 s for it. */
const FIN_PATIENCE_MS = 2000
/** How long the answer to our close frame is waited for, within the stage's limit. */
const CLOSE_PATIENCE_MS = 5000
/** A server that pours more than this is only counted so far: the probe is no download tool. */
const MOST_BYTES = 64 * 1024 * 1024
/** The same for frames: of tiny ones so many bytes would take minutes. */
const MOST_FRAMES = 100_000
/** Reading goes on in another turn of the loop after this long: others have heartbeats to keep. */
const TURN_MS = 10

type Phase =
  | { phase: 'watching' }
  | { phase: 'closed-by-peer'; frame: FrameRecord }
  | { phase: 'closing'; sentMs: number }
  | { phase: 'closed-by-us'; frame: FrameRecord }

export function hold(
  wire: Wire,
  options: HoldOptions,
  clock: ProbeClock,
  signal: AbortSignal,
): Promise<HoldResult> {
  const notes = createHoldNotes(clock)
  const pingPayload = randomBytes(8)
  let state: Phase = { phase: 'watching' }

  return new Promise((resolve) => {
    const reader = createFrameReader({
      ms: clock.ms,
      extensionBits: options.extensionBits,
      onFrame: (frame, payload) => onFrame(frame, payload),
    })
    const send = (opcode: Opcode, payload: Buffer, means?: string) => {
      if (wire.write(clientFrame(opcode, payload))) notes.sent(opcode, payload, means)
    }
    const speech = options.speaker && createSpeech({ speaker: options.speaker, say: send })
    const settle = (end: HoldResult['end']) => {
      clearTimeout(timer)
      clearImmediate(later)
      clearImmediate(lastLook)
      clearInterval(heartbeat)
      speech?.end()
      signal.removeEventListener('abort', stopWatching)
      stop()
      const frames = reader.frames()
      const moreFrames = reader.count() - frames.length
      const stray = reader.notFrames()
      const lastByteMs = Math.max(notes.lastSentMs(), reader.lastByteMs() ?? 0)
      resolve({
        ...notes.collected(),
        frames,
        ...(lastByteMs > 0 ? { last_byte_ms: lastByteMs } : {}),
        ...(moreFrames > 0 ? { more_frames: moreFrames } : {}),
        ...(stray === undefined ? {} : { not_frames: stray }),
        ...(reader.headerBytes() > 0 ? { half_header_bytes: reader.headerBytes() } : {}),
        end,
      })
    }
    const wait = (ms: number, then: () => void) => {
      clearTimeout(timer)
      clearImmediate(lastLook)
      timer = setTimeout(then, ms)
    }
    const closed = (frame: FrameRecord, then: WireEnd['kind'] | 'open') =>
      settle({
        kind: 'close_frame',
        ms: frame.ms,
        ...(frame.code === undefined ? {} : { code: frame.code }),
        reason: frame.reason ?? '',
        // biome-ignore lint/suspicious/noThenProperty: the field's name is fixed by the evidence document
        then: then === 'error' ? 'rst' : then,
        ...(state.phase === 'closed-by-us' ? { by: 'probe' } : {}),
      })
    /** The watch is over, or the caller wants no more. */
    const stopWatching = () => {
      if (state.phase === 'closed-by-peer' || state.phase === 'closed-by-us')
        return closed(state.frame, 'open')
      const violation = reader.violation()
      if (!options.closeInOrder || violation || signal.aborted || state.phase === 'closing') {
        const ms = state.phase === 'closing' ? state.sentMs : clock.ms()
        wire.finish(closeFrame(violation ? 1002 : 1000, 'probe done'))
        return settle({ kind: 'open', ms })
      }
      clearInterval(heartbeat)
      options.onClosing?.()
      speech?.end()
      const sentMs = clock.ms()
      state = { phase: 'closing', sentMs }
      notes.closeAsked(sentMs)
      send(opcodes.ping, LAST_PING)
      wire.write(closeFrame(1000, 'probe done'))
      wait(Math.min(CLOSE_PATIENCE_MS, clock.stageMs()), stopWatching)
    }
    const onFrame = (frame: FrameRecord, payload: Buffer) => {
      // The first Close frame is the end; what a server sends after it, another one too, is only noted.
      if (isClosed()) return notes.afterClose(frame)
      if (frame.opcode === opcodes.close) return onClose(frame, payload)
      if (frame.opcode === opcodes.ping) return send(opcodes.pong, payload)
      if (frame.opcode === opcodes.pong) return notes.pong(payload, pingPayload)
      notes.message(frame, payload, options.send)
      if (state.phase === 'watching' && frame.rsv === 0) speech?.hear(frame.opcode, payload)
    }
    const isClosed = () => state.phase === 'closed-by-peer' || state.phase === 'closed-by-us'
    const onClose = (frame: FrameRecord, payload: Buffer) => {
      if (state.phase === 'closing') {
        notes.closeAnswered('close_frame')
        state = { phase: 'closed-by-us', frame }
        wire.finish()
      } else {
        state = { phase: 'closed-by-peer', frame }
        wire.write(closeEcho(payload))
      }
      wait(Math.min(FIN_PATIENCE_MS, clock.stageMs()), stopWatching)
    }
    const onEnd = (end: WireEnd) => {
      if (state.phase === 'closed-by-peer' || state.phase === 'closed-by-us')
        return closed(state.frame, end.kind)
      if (state.phase === 'closing') {
        // It was we who ended it: the connection held to the last, only the goodbye was rude.
        notes.closeAnswered(end.kind)
        return settle({ kind: 'open', ms: state.sentMs })
      }
      settle({ ...end, ms: clock.ms() })
    }

    // Where this process stood still, an end that came in time waits to be read behind the timer.
    const watchIsOver = () => {
      lastLook = setImmediate(() => {
        lastLook = setImmediate(stopWatching)
      })
    }
    let lastLook: NodeJS.Immediate | undefined
    let timer = setTimeout(watchIsOver, options.watchMs)
    const beat = () => send(opcodes.ping, Buffer.from('beat'))
    const heartbeat = options.heartbeatMs === undefined ? undefined : setInterval(beat, options.heartbeatMs)
    let turnEndsAt: number | undefined
    let later: NodeJS.Immediate | undefined
    const read = (chunk: Buffer): number => {
      if (turnEndsAt === undefined) {
        turnEndsAt = clock.exact() + TURN_MS
        setImmediate(() => {
          turnEndsAt = undefined
        })
      }
      const endsAt = turnEndsAt
      return reader.push(chunk, () => reader.count() > MOST_FRAMES || clock.exact() > endsAt)
    }
    const listener: WireListener = {
      data(chunk) {
        const before = reader.violation()
        const taken = read(chunk)
        if (reader.bytes() > MOST_BYTES || reader.count() > MOST_FRAMES) {
          wire.destroy()
          if (state.phase === 'closed-by-peer' || state.phase === 'closed-by-us')
            return closed(state.frame, 'open')
          return settle({ kind: 'open', ms: clock.ms(), stopped: 'too-much-data' })
        }
        if (!before && reader.violation() && state.phase === 'watching')
          wait(AFTER_VIOLATION_MS, stopWatching)
        if (taken < chunk.length) goOnLater(chunk.subarray(taken))
      },
      end: onEnd,
    }
    const goOnLater = (rest: Buffer) => {
      stop()
      wire.unread(rest)
      later = setImmediate(() => {
        stop = wire.listen(listener)
      })
    }
    let stop = wire.listen(listener)
    signal.addEventListener('abort', stopWatching)
    if (options.send !== undefined) send(opcodes.text, Buffer.from(options.send, 'utf8'))
    speech?.begin()
    notes.pinged()
    send(opcodes.ping, pingPayload)
    if (signal.aborted) stopWatching()
  })
}

/** Masked with a fresh key, as a client must (RFC 6455 §5.3). */
const clientFrame = (opcode: Opcode, payload: Uint8Array): Buffer =>
  encodeRawFrame({ opcode, payload, mask: randomBytes(4) })

const closeFrame = (code: number, reason?: string): Buffer =>
  clientFrame(opcodes.close, encodeClosePayload(code, reason))

/** The same code back (RFC 6455 §5.5.1); 1002 for one that must not be on the wire, as browsers answer. */
function closeEcho(payload: Buffer): Buffer {
  const { code } = readClosePayload(payload)
  if (code === null) return clientFrame(opcodes.close, payload.subarray(0, 0))
  return closeFrame(mayTravel(code) ? code : 1002)
}
