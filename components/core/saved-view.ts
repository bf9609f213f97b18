'use client'
/** What is asked of the saved sets from wherever one is; the Live page answers. */
import { createStore } from 'zustand/vanilla'

interface SavedView {
  /** The sets are shown. */
  readonly isOpen: boolean
  /** The set that is shown first; null for the first there is. */
  readonly chosen: string | null
  /** What is to be opened: a set, or one of its connections. */
  readonly wanted: { readonly set: string; readonly connection: number | null } | null
}

export const savedView = createStore<SavedView>(() => ({ isOpen: false, chosen: null, wanted: null }))

export const showSaved = (chosen: string | null = null): void => savedView.setState({ isOpen: true, chosen })

export const wantSaved = (set: string, connection: number | null = null): void =>
  savedView.setState({ wanted: { set, connection } })
