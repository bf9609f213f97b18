'use client'
/** Saved sets of connections, kept in this browser; the values of secret variables only in the memory of this page. */
import { createStore } from 'zustand/vanilla'
import { documentOf, readSets, type SavedSet } from '#lib/store/saved/sets.ts'

const key = 'why1006.sets'

interface Saved {
  readonly sets: readonly SavedSet[]
  /** By the set's name, then by the variable's. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export const savedStore = createStore<Saved>(() => ({ sets: load(), secrets: {} }))

function load(): readonly SavedSet[] {
  try {
    const read = readSets(localStorage.getItem(key) ?? '')
    return read.ok ? read.sets : []
  } catch {
    // Forbidden: then this visit has none.
    return []
  }
}

/** False where the browser keeps nothing: then they live as long as the page. */
function keep(sets: readonly SavedSet[]): boolean {
  savedStore.setState({ sets })
  try {
    localStorage.setItem(key, JSON.stringify(documentOf(sets)))
    return true
  } catch {
    return false
  }
}

/** Takes the place of the set with this name, or is added. */
export function saveSet(set: SavedSet, before: string = set.name): boolean {
  const { sets } = savedStore.getState()
  const isThere = sets.some(({ name }) => name === before)
  return keep(isThere ? sets.map((each) => (each.name === before ? set : each)) : [...sets, set])
}

export const removeSet = (name: string): boolean =>
  keep(savedStore.getState().sets.filter((set) => set.name !== name))

/** A name that is taken gets a number. */
export function addSets(imported: readonly SavedSet[]): boolean {
  let { sets } = savedStore.getState()
  for (const set of imported) sets = [...sets, { ...set, name: freeName(set.name, sets) }]
  return keep(sets)
}

export function freeName(name: string, sets: readonly SavedSet[] = savedStore.getState().sets): string {
  const taken = new Set(sets.map((set) => set.name))
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name} ${number}`)) number++
  return `${name} ${number}`
}

export function setSecret(set: string, name: string, value: string): void {
  savedStore.setState(({ secrets }) => ({
    secrets: { ...secrets, [set]: { ...secrets[set], [name]: value } },
  }))
}
