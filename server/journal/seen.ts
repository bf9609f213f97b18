/** Which events were taken: a sender that heard no answer sends its batch again, and each event counts once. */

export interface Seen {
  /** Whether it is the first time; it is remembered. */
  isNew(instance: string, id: string): boolean
}

/** More than a sender has under way at once, by far. */
const MOST_IDS = 20_000
/** The one that was quiet longest goes first. */
const MOST_INSTANCES = 64

export function createSeen(): Seen {
  const instances = new Map<string, Set<string>>()

  const idsOf = (instance: string): Set<string> => {
    const ids = instances.get(instance) ?? new Set()
    // Inserted again, the map is in the order of last use.
    instances.delete(instance)
    instances.set(instance, ids)
    const [quietest] = instances.keys()
    if (instances.size > MOST_INSTANCES && quietest !== undefined) instances.delete(quietest)
    return ids
  }

  return {
    isNew: (instance, id) => {
      const ids = idsOf(instance)
      if (ids.has(id)) return false
      ids.add(id)
      const [oldest] = ids
      if (ids.size > MOST_IDS && oldest !== undefined) ids.delete(oldest)
      return true
    },
  }
}
