/** Which events were taken: a sender that heard no answer sends its batch again, and each event counts once. */

export interface Seen {
  /** Whether it is the first time; it is remembered. */
  isNew(instance: string, id: string): boolean
}

/** More than a sender has under way at once, by far: the last so many of each instance are known, and up to as many before. */
const LEAST_IDS = 20_000
/** The one that was quiet longest goes first. */
const MOST_INSTANCES = 64

/** Two generations: taking the oldest out of one set each time costs more than all else here. */
interface Ids {
  young: Set<string>
  old: Set<string>
}

export function createSeen(): Seen {
  const instances = new Map<string, Ids>()

  const idsOf = (instance: string): Ids => {
    const ids = instances.get(instance) ?? { young: new Set(), old: new Set() }
    // Inserted again, the map is in the order of last use.
    instances.delete(instance)
    instances.set(instance, ids)
    if (instances.size > MOST_INSTANCES) {
      const [quietest = ''] = instances.keys()
      instances.delete(quietest)
    }
    return ids
  }

  return {
    isNew: (instance, id) => {
      const ids = idsOf(instance)
      if (ids.young.has(id) || ids.old.has(id)) return false
      if (ids.young.size === LEAST_IDS) {
        ids.old = ids.young
        ids.young = new Set()
      }
      ids.young.add(id)
      return true
    },
  }
}
