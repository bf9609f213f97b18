/** What is to be told of the protocol above WebSocket while a connection is open: what it is, and what runs by the clock. */
import type { Application, Signs } from '#lib/applications/application.ts'
import { isShown, isSpoken, recognize, type Sign } from '#lib/applications/recognize.ts'
import { createSpeaker } from '#lib/applications/speaker.ts'
import { describeSetting } from '#lib/text/duration.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

export interface Portrait {
  readonly name: string
  /** As its owner writes it: `Engine.IO 4`. */
  readonly version: string | null
  readonly by: Sign
  /** Each one sentence. */
  readonly timers: readonly Sentence[]
  /** What a server does that hears nothing of its client. */
  readonly waits: Sentence | null
  readonly notes: readonly Sentence[]
  /** Its client has something to say, and it is sure enough to say it. */
  readonly isSpeakable: boolean
}

/** Null where nothing more than a habit shows it. */
export function portraitOf(signs: Signs): Portrait | null {
  const found = recognize(signs)
  if (found === undefined || !isShown(found.by)) return null
  const { application, by, version = null } = found
  return {
    name: application.name,
    version,
    by,
    timers: [...(application.timers?.(signs) ?? []), ...clientTimers(signs)],
    waits: waitOf(application),
    notes: application.notes?.(signs) ?? [],
    isSpeakable: application.converse !== undefined && isSpoken(by),
  }
}

function clientTimers(signs: Signs): Sentence[] {
  const speaker = createSpeaker(signs)
  for (const text of signs.messages ?? []) speaker.hear({ opcode: 'text', text })
  const beat = speaker.beat()
  return beat === undefined
    ? []
    : [sentence`Its client sends a heartbeat every ${describeSetting(beat.everyMs)}.`]
}

function waitOf({ first }: Application): Sentence | null {
  const [patience] = first?.patience ?? []
  if (first === undefined || patience === undefined) return null
  return sentence`${patience.who} waits ${describeSetting(patience.seconds * 1000)} for ${first.name}, then closes.`
}
