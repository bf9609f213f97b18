/** What the probe notes about an open connection beside the frames themselves. */

import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import type { FrameRecord } from '#server/probe/hold/frame-reader.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import { opcodes } from '#server/wire/frame.ts'

export type HoldNotes = {
  /** Round trip of the first ping; null: it was not answered while the probe watched. */
  ping?: { rtt_ms: number | null }
  /** The same for a ping right before our close frame: is the peer still there? */
  last_ping?: { rtt_ms: number | null }
  /** Pings of a heartbeat: how many went out, how many pongs came. */
  beats?: { sent: number; answered: number }
  /** The server sent back what it was sent. */
  echo?: { rtt_ms: number }
  first_message?: { ms: number; opcode: number; length: number; text_start?: string }
  /** The last messages that came, the newest last: what was said before an end. */
  last_messages?: NonNullable<ProbeEvidence['last_messages']>
  /** Bytes of HTTP where a frame should begin. */
  not_frames?: { ms: number; text_start: string }
  /** What the probe itself sent, close frames aside: it is traffic, and re-arms idle timers. */
  sent?: { ms: number; opcode: number; length: number; means?: string }[]
  /** The probe's own close frame, and what came of it: close_frame, fin, rst, error, or nothing. */
  close?: { sent_ms: number; answer: string | null; answered_ms?: number }
  /** The first frame that came after the server's Close frame. */
  after_close?: { ms: number; opcode: number }
  /** The last byte in either direction: silence before a cut counts from here. */
  last_byte_ms?: number
  more_frames?: number
  half_header_bytes?: number
}

const MOST_SENT = 200
export const LAST_PING = Buffer.from('last')
/** Characters of the first message that are kept: enough to recognise its kind. */
const FIRST_MESSAGE_CHARACTERS = 200
const MOST_LAST_MESSAGES = 5
/** Of each of them, in bytes. */
const LAST_MESSAGE_BYTES = 1024
const HEX_BYTES = 128

const tenth = (ms: number): number => Math.round(ms * 10) / 10

export function createHoldNotes(clock: ProbeClock) {
  const notes: HoldNotes = {}
  const sent: NonNullable<HoldNotes['sent']> = []
  const last: NonNullable<HoldNotes['last_messages']> = []
  let pingedAt = 0
  let lastPingedAt = 0
  let sentTextAt: number | undefined
  let beatsSent = 0
  let beatsAnswered = 0
  let lastSentMs = 0

  return {
    /** @param means completes “The probe …”, of what a protocol above WebSocket asks for */
    sent(opcode: number, payload: Buffer, means?: string) {
      lastSentMs = clock.ms()
      if (sent.length < MOST_SENT)
        sent.push({ ms: clock.ms(), opcode, length: payload.length, ...(means !== undefined && { means }) })
      if (opcode === opcodes.text) sentTextAt ??= clock.exact()
      if (opcode === opcodes.ping && payload.toString() === 'beat') beatsSent += 1
    },
    pinged() {
      pingedAt = clock.exact()
      notes.ping = { rtt_ms: null }
    },
    pong(payload: Buffer, pingPayload: Buffer) {
      if (payload.equals(LAST_PING)) notes.last_ping = { rtt_ms: tenth(clock.exact() - lastPingedAt) }
      else if (payload.equals(pingPayload)) notes.ping = { rtt_ms: tenth(clock.exact() - pingedAt) }
      else if (payload.toString() === 'beat') beatsAnswered += 1
    },
    message(frame: FrameRecord, payload: Buffer, sentText: string | undefined) {
      if (frame.opcode === opcodes.continuation) return
      // What is compressed is not read.
      const text = frame.opcode === opcodes.text && frame.rsv === 0 ? payload.toString('utf8') : undefined
      const beginning = payload.subarray(0, LAST_MESSAGE_BYTES)
      last.push({
        ms: frame.ms,
        opcode: frame.opcode,
        length: frame.length,
        ...(text === undefined
          ? { hex_start: beginning.subarray(0, HEX_BYTES).toString('hex') }
          : { text_start: beginning.toString('utf8') }),
      })
      if (last.length > MOST_LAST_MESSAGES) last.shift()
      notes.first_message ??= {
        ms: frame.ms,
        opcode: frame.opcode,
        length: frame.length,
        ...(text === undefined ? {} : { text_start: text.slice(0, FIRST_MESSAGE_CHARACTERS) }),
      }
      if (sentText && sentTextAt !== undefined && text?.includes(sentText)) {
        notes.echo ??= { rtt_ms: tenth(clock.exact() - sentTextAt) }
      }
    },
    lastSentMs: () => lastSentMs,
    closeAsked(ms: number) {
      lastPingedAt = clock.exact()
      notes.last_ping = { rtt_ms: null }
      notes.close = { sent_ms: ms, answer: null }
    },
    afterClose({ ms, opcode }: FrameRecord) {
      notes.after_close ??= { ms, opcode }
    },
    closeAnswered(how: string) {
      if (notes.close) notes.close = { ...notes.close, answer: how, answered_ms: clock.ms() }
    },
    collected(): HoldNotes {
      return {
        ...notes,
        ...(last.length > 0 ? { last_messages: last } : {}),
        ...(sent.length > 0 ? { sent } : {}),
        ...(beatsSent > 0 ? { beats: { sent: beatsSent, answered: beatsAnswered } } : {}),
      }
    },
  }
}
