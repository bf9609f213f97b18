/** Links for colleagues that several instances have in common: each tells the others what it made and what it took back. */
import type { LinkRecord, LinkStore } from '#server/access/link-store.ts'
import type { Fact, Facts } from '#server/redis/facts.ts'

interface LinkMade extends Fact {
  readonly kind: 'link-made'
  readonly link: LinkRecord
}

interface LinkOver extends Fact {
  readonly kind: 'link-over'
  readonly id: string
}

const isMade = (fact: Fact): fact is LinkMade => fact.kind === 'link-made'
const isOver = (fact: Fact): fact is LinkOver => fact.kind === 'link-over'

/** @param now milliseconds since the Unix epoch */
export function createSharedLinks(facts: Facts, now: () => number = Date.now): LinkStore {
  const records = new Map<string, LinkRecord>()
  /** Removed ones, by id: until when somebody may tell of them again. */
  const over = new Map<string, number>()
  const listeners: ((id: string) => void)[] = []

  const found = (id: string) => [...records.values()].find((record) => record.id === id)

  facts.hear((fact) => {
    if (isMade(fact) && !over.has(fact.link.id)) records.set(fact.link.key, fact.link)
    if (!isOver(fact)) return
    for (const [id, expiresMs] of over) if (expiresMs <= now()) over.delete(id)
    over.set(fact.id, fact.expiresMs)
    const removed = found(fact.id)
    if (removed === undefined) return
    records.delete(removed.key)
    for (const listener of listeners) listener(removed.id)
  })

  return {
    add: async (link) => {
      const made: LinkMade = { kind: 'link-made', link, expiresMs: link.expiresMs }
      facts.tell(made)
    },
    get: async (key) => records.get(key),
    list: async () => [...records.values()].reverse(),
    remove: async (id) => {
      const known = found(id)
      if (known === undefined) return false
      const removed: LinkOver = { kind: 'link-over', id, expiresMs: known.expiresMs }
      facts.tell(removed)
      return true
    },
    hearRemoved: (listener) => {
      listeners.push(listener)
    },
  }
}
