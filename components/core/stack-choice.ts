'use client'
/** Which program a person has at each end of a connection: chosen once in any fix, and remembered in this browser. */
import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import type { End } from '#lib/text/stack-names.ts'

export type StackChoice = { readonly [E in End]?: string | undefined }

const key = 'why1006.stack'
const none: StackChoice = {}

const name = z.optional(z.string().check(z.maxLength(40)))
const stored = z.object({ proxy: name, server: name, client: name })

let known: StackChoice | null = null
const listeners = new Set<() => void>()

function read(): StackChoice {
  try {
    return z.safeParse(stored, JSON.parse(localStorage.getItem(key) ?? '{}')).data ?? none
  } catch {
    return none
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const current = (): StackChoice => {
  known ??= read()
  return known
}

/** Empty while the server renders. */
export const useStackChoice = (): StackChoice => useSyncExternalStore(subscribe, current, () => none)

export function chooseStack(end: End, stack: string): void {
  known = { ...current(), [end]: stack }
  try {
    localStorage.setItem(key, JSON.stringify(known))
  } catch {
    // A browser that keeps nothing remembers it for as long as the page lives.
  }
  for (const listener of listeners) listener()
}
