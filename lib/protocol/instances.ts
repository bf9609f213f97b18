/** Whether several servers write events at the same time, as they do behind one Redis. */

interface Told {
  readonly instance: string
}

/**
 * Takes one event after the other, in either direction of time. A server that was restarted is another instance, and never
 * speaks again: several at once take turns.
 */
export class Instances {
  readonly #seen = new Set<string>()
  #last: string | null = null
  /** They have taken turns. */
  areSeveral = false

  add({ instance }: Told): void {
    if (instance !== this.#last && this.#seen.has(instance)) this.areSeveral = true
    this.#seen.add(instance)
    this.#last = instance
  }
}

/** Of events that follow each other. */
export function severalAmong(events: Iterable<Told>): boolean {
  const instances = new Instances()
  for (const event of events) {
    instances.add(event)
    if (instances.areSeveral) return true
  }
  return false
}
