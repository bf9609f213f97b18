/**
 * Where links for colleagues are kept, beside reports and watches: those of a file outlive the process. The contract of every
 * store; `tests/server/access/link-conformance.ts` holds each to it.
 */

/** What a link opens. */
export type Shared =
  | { readonly kind: 'report'; readonly report: string }
  | { readonly kind: 'connection'; readonly clientId: string }

export interface Link {
  /** Names it; opens nothing. */
  readonly id: string
  readonly shared: Shared
  readonly createdMs: number
  readonly expiresMs: number
}

/** With the digest of its secret: the secret itself is kept nowhere. */
export interface LinkRecord extends Link {
  readonly key: string
}

export interface LinkStore {
  add(record: LinkRecord): Promise<void>
  /** By the digest of its secret. */
  get(key: string): Promise<LinkRecord | undefined>
  /** Newest first, those that have expired too. */
  list(): Promise<readonly LinkRecord[]>
  /** False where there is none of this id. */
  remove(id: string): Promise<boolean>
  /** Calls back with the id of each that is removed, where others may do so too. */
  hearRemoved?(listener: (id: string) => void): void
}

export function createMemoryLinks(): LinkStore {
  const records = new Map<string, LinkRecord>()
  return {
    add: async (record) => {
      records.set(record.key, record)
    },
    get: async (key) => records.get(key),
    list: async () => [...records.values()].reverse(),
    remove: async (id) => {
      const found = [...records.values()].find((record) => record.id === id)
      return found !== undefined && records.delete(found.key)
    },
  }
}
