/**
 * What the probe says for the protocol above WebSocket, as a client of it would: a first message, answers, and a beat
 * of its own where the protocol has one.
 */
import type { Utterance } from '#lib/applications/application.ts'
import type { Speaker } from '#lib/applications/speaker.ts'
import { type Opcode, opcodes } from '#server/wire/frame.ts'

export interface SpeechOptions {
  speaker: Speaker
  say: (opcode: Opcode, payload: Buffer, means: string) => void
}

export interface Speech {
  begin(): void
  /** Of a message whose payload is plain: its beginning. */
  hear(opcode: number, payload: Buffer): void
  end(): void
}

export function createSpeech({ speaker, say }: SpeechOptions): Speech {
  let beat: { everyMs: number; timer: NodeJS.Timeout } | undefined

  const speak = ({ payload, means }: Utterance) => {
    if (payload.opcode === 'text') say(opcodes.text, Buffer.from(payload.text, 'utf8'), means)
    else say(opcodes.binary, Buffer.from(payload.bytes), means)
  }
  const keepBeat = () => {
    const wanted = speaker.beat()
    if (wanted?.everyMs === beat?.everyMs) return
    clearInterval(beat?.timer)
    beat = wanted && {
      everyMs: wanted.everyMs,
      timer: setInterval(() => speak(wanted.says), Math.max(LEAST_BEAT_MS, wanted.everyMs)),
    }
  }
  return {
    begin() {
      speaker.opening.forEach(speak)
      keepBeat()
    },
    hear(opcode, payload) {
      if (opcode !== opcodes.text && opcode !== opcodes.binary) return
      const message =
        opcode === opcodes.text
          ? ({ opcode: 'text', text: payload.toString('utf8') } as const)
          : ({ opcode: 'binary', bytes: payload } as const)
      speaker.hear(message).forEach(speak)
      keepBeat()
    },
    end: () => clearInterval(beat?.timer),
  }
}

/** A server may name the pace of a beat: not one that would be a flood. */
const LEAST_BEAT_MS = 100
