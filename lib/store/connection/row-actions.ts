/** What a person can do to a row, each thing once: `LiveActions` has all of these, by the row's id. */
import { checkClose } from '#lib/protocol/close-codes.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { OpenRequest, PagePings, Refusal } from '#lib/store/connection/connection.ts'
import { isOpen } from '#lib/store/connection/connection-state.ts'
import type { Row } from '#lib/store/connection/row.ts'
import { pingTextFor } from '#lib/store/connection/senders.ts'

/** Null when it was done. */
type Answer = Refusal | null

export const rowActions = {
  /** Code 1000 by default. Pages may send 1000 and 3000 to 4999, with a reason of at most 123 bytes in UTF-8. */
  close({ attempts }: Row, code = 1000, reason = ''): Answer {
    const refusal = checkClose(code, reason)
    if (refusal === null) attempts.close(code, reason)
    return refusal
  },

  /** A new attempt in the same row; an open one is closed with 1000 first. */
  reconnect({ attempts }: Row): Answer {
    attempts.restart()
    return null
  },

  /** Opens it once more, speaking as a client of its protocol. */
  speak({ attempts, speaker }: Row, speak: NonNullable<OpenRequest['speak']>): Answer {
    speaker.set(speak)
    attempts.restart()
    return null
  },

  setAutoReconnect({ attempts }: Row, enabled: boolean): Answer {
    attempts.setAutoReconnect(enabled)
    return null
  },

  setPagePings({ target, attempts, conversation, pinger }: Row, pings: PagePings): Answer {
    // A relay sends ping frames, which need no words.
    if (pings.mode !== 'off' && !target.isThrough && pingTextFor(target, pings) === null) {
      return { code: 'needs-message', says: 'Enter the message to send as a page ping to this server.' }
    }
    pinger.set(pings)
    if (isOpen(attempts.state())) {
      conversation.pingsChanged(pings)
      pinger.begin()
    }
    return null
  },

  send: (row: Row, payload: Payload): Answer => row.say(payload),

  /** Sends now and then every so many milliseconds (at least 20), until stopped or over. */
  startRepeat: ({ repeater }: Row, payload: Payload, everyMs: number): Answer =>
    repeater.start(payload, everyMs),

  stopRepeat({ repeater }: Row): Answer {
    repeater.stop()
    return null
  },

  clearLog({ log }: Row): Answer {
    log.clear()
    return null
  },
}
