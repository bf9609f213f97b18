/**
 * The client's part of a connection whose protocol may show only once the server has spoken: silent until then, and
 * then as a client of that protocol.
 */
import type { Conversation, Signs, Utterance } from '#lib/applications/application.ts'
import { isSpoken, type Recognized, recognize } from '#lib/applications/recognize.ts'
import type { Payload } from '#lib/protocol/payload.ts'

export interface Speaker extends Conversation {
  /** As far as the signs have shown it. */
  recognized(): Recognized | undefined
}

const MOST_MESSAGES = 5
/** Of one message, in characters: what is beyond changes nothing of what is to be said. */
const LONGEST = 1024

/** @param signs of the handshake; messages are heard as they come */
export function createSpeaker(signs: Signs): Speaker {
  const messages: string[] = []
  let recognized = recognize(signs)
  let conversation = begin()

  function begin(): Conversation | undefined {
    if (recognized === undefined || !isSpoken(recognized.by)) return undefined
    return recognized.application.converse?.(signs)
  }

  return {
    opening: conversation?.opening ?? [],
    hear(message) {
      const said = textOf(message).slice(0, LONGEST)
      if (messages.length < MOST_MESSAGES) messages.push(said)
      if (conversation) return conversation.hear(message)
      if (recognized && isSpoken(recognized.by)) return []
      // A heartbeat may begin after many messages.
      const now = recognize({ ...signs, messages: [...messages.slice(0, MOST_MESSAGES - 1), said] })
      recognized = now ?? recognized
      conversation = begin()
      if (!conversation) return []
      const opening: readonly Utterance[] = conversation.opening
      return [...opening, ...conversation.hear(message)]
    },
    beat: () => conversation?.beat(),
    recognized: () => recognize({ ...signs, messages }) ?? recognized,
  }
}

/** The same for a page, which knows addresses as text. @param isBegun a person gives the first message themselves */
export function speechOf({
  url,
  asked,
  subprotocols,
  picked,
  isBegun = false,
}: {
  url: string
  asked?: string | undefined
  subprotocols: readonly string[]
  /** Empty where the server picked none. */
  picked: string
  isBegun?: boolean
}): Speaker {
  const speaker = createSpeaker({
    url: URL.parse(url) ?? undefined,
    asked,
    subprotocols,
    picked: picked === '' ? undefined : picked,
  })
  return isBegun ? withoutFirst(speaker) : speaker
}

/** For one whose first message somebody else says. */
export function withoutFirst(speaker: Speaker): Speaker {
  const rest = (said: readonly Utterance[]) => said.filter(({ isFirst }) => !isFirst)
  return { ...speaker, opening: rest(speaker.opening), hear: (message) => rest(speaker.hear(message)) }
}

/** Text, or bytes as Latin-1. */
export const textOf = (payload: Payload): string =>
  payload.opcode === 'text' ? payload.text : String.fromCharCode(...payload.bytes.subarray(0, LONGEST))
