/** Links for colleagues: a secret that opens one thing, to read, until it expires or is taken back. */
import { randomBytes } from 'node:crypto'
import type { Link, LinkStore, Shared } from '#server/access/link-store.ts'
import { createSecret, keyOfSecret } from '#server/access/secrets.ts'

export interface Links {
  /** @returns the link with its secret, which is told once; undefined where there are too many */
  create(
    shared: Shared,
    lifeMs: number,
  ): Promise<{ readonly link: Link; readonly secret: string } | undefined>
  /** Undefined where the secret opens nothing, or nothing more. */
  open(secret: string): Promise<Link | undefined>
  /** Newest first. */
  list(): Promise<readonly Link[]>
  /** False where there is none of this id. */
  revoke(id: string): Promise<boolean>
  /** Calls back once when the link opens nothing any more. Returns the undo. */
  onceOver(link: Link, callback: () => void): () => void
}

const MOST_LINKS = 1000
/** A timer can't be set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** @param now milliseconds since the Unix epoch */
export function createLinks(store: LinkStore, now: () => number = Date.now): Links {
  const watchers = new Map<string, Set<() => void>>()

  const tellOver = (id: string) => {
    for (const callback of watchers.get(id) ?? []) callback()
    watchers.delete(id)
  }
  store.hearRemoved?.(tellOver)

  const revoke = async (id: string): Promise<boolean> => {
    const isGone = await store.remove(id)
    tellOver(id)
    return isGone
  }

  const isOpen = async ({ id, expiresMs }: Link): Promise<boolean> => {
    if (expiresMs > now()) return true
    await revoke(id)
    return false
  }

  const list = async (): Promise<readonly Link[]> => {
    const open: Link[] = []
    for (const { key: _, ...link } of await store.list()) if (await isOpen(link)) open.push(link)
    return open
  }

  return {
    create: async (shared, lifeMs) => {
      if ((await list()).length >= MOST_LINKS) return undefined
      const secret = createSecret()
      const id = randomBytes(6).toString('hex')
      const link = { id, shared, createdMs: now(), expiresMs: now() + lifeMs }
      await store.add({ key: keyOfSecret(secret), ...link })
      return { link, secret }
    },
    open: async (secret) => {
      const found = await store.get(keyOfSecret(secret))
      if (found === undefined || !(await isOpen(found))) return undefined
      const { key: _, ...link } = found
      return link
    },
    list,
    revoke,
    onceOver: (link, callback) => {
      const callbacks = watchers.get(link.id) ?? new Set()
      watchers.set(link.id, callbacks.add(callback))
      const timer = setTimeout(callback, Math.min(LONGEST_TIMER_MS, Math.max(0, link.expiresMs - now())))
      timer.unref()
      return () => {
        clearTimeout(timer)
        callbacks.delete(callback)
        if (callbacks.size === 0) watchers.delete(link.id)
      }
    },
  }
}
