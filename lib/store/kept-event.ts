import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { EventEntry } from '#lib/store/feed-state.ts'

/** The page's clock less the server's, in milliseconds, as it was when an event came. */
export interface Clock {
  readonly offsetMs: number
}

/** An event of the log in two fields, since a page keeps 20,000: what else an entry has is worked out when it is read. */
export class KeptEvent implements EventEntry {
  readonly event: DiagnosticEvent
  readonly #clock: Clock

  constructor(event: DiagnosticEvent, clock: Clock) {
    this.event = event
    this.#clock = clock
  }
  get type(): 'event' {
    return 'event'
  }
  get key(): string {
    return this.event.id
  }
  get at(): number {
    return this.event.at * 1_000 + this.#clock.offsetMs
  }
}
