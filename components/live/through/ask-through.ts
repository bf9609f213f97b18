import { createStore } from 'zustand/vanilla'
import { lazyPart } from '#components/ui/lazy-view.tsx'
import type { ThroughDraft } from './draft.ts'

export const throughDialog = lazyPart(() =>
  import('./through-dialog.tsx').then((module) => module.ThroughDialog),
)

/** What is asked for; null while nothing is. */
export const throughStore = createStore<{ readonly draft: ThroughDraft | null }>(() => ({ draft: null }))

export const askThrough = (draft: ThroughDraft): void => throughStore.setState({ draft })
