/**
 * Links for colleagues: a secret that opens one thing, to read, until it expires or is taken back. They are kept with the
 * process and by their digest alone.
 */
import { randomBytes } from 'node:crypto'
import { createSecret, keyOfSecret } from '#server/access/secrets.ts'

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

export interface Links {
  /** @returns the link with its secret, which is told once; undefined where there are too many */
  create(shared: Shared, lifeMs: number): { readonly link: Link; readonly secret: string } | undefined
  /** Undefined where the secret opens nothing, or nothing more. */
  open(secret: string): Link | undefined
  /** Newest first. */
  list(): readonly Link[]
  /** False where there is none of this id. */
  revoke(id: string): boolean
  /** Calls back once when the link opens nothing any more. Returns the undo. */
  onceOver(link: Link, callback: () => void): () => void
}

const MOST_LINKS = 1000
/** A timer can't be set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** @param now milliseconds since the Unix epoch */
export function createLinks(now: () => number = Date.now): Links {
  const links = new Map<string, Link>()
  const watchers = new Map<string, Set<() => void>>()

  const forget = (key: string, { id }: Link) => {
    links.delete(key)
    for (const callback of watchers.get(id) ?? []) callback()
    watchers.delete(id)
  }

  const sweep = () => {
    for (const [key, link] of links) if (link.expiresMs <= now()) forget(key, link)
  }

  return {
    create: (shared, lifeMs) => {
      sweep()
      if (links.size >= MOST_LINKS) return undefined
      const secret = createSecret()
      const id = randomBytes(6).toString('hex')
      const link = { id, shared, createdMs: now(), expiresMs: now() + lifeMs }
      links.set(keyOfSecret(secret), link)
      return { link, secret }
    },
    open: (secret) => {
      sweep()
      return links.get(keyOfSecret(secret))
    },
    list: () => {
      sweep()
      return [...links.values()].reverse()
    },
    revoke: (id) => {
      const found = [...links].find(([, link]) => link.id === id)
      if (found) forget(...found)
      return found !== undefined
    },
    onceOver: (link, callback) => {
      const callbacks = watchers.get(link.id) ?? new Set()
      watchers.set(link.id, callbacks.add(callback))
      const timer = setTimeout(callback, Math.min(LONGEST_TIMER_MS, Math.max(0, link.expiresMs - now())))
      timer.unref()
      return () => {
        clearTimeout(timer)
        callbacks.delete(callback)
      }
    },
  }
}
