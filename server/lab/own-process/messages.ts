/** What a backend in a process of its own and the lab say to each other over the channel between them. */
import type { Config } from '#server/config/config.ts'
import type { EventDraft } from '#server/journal/journal.ts'

export type ToChild =
  | { readonly type: 'start'; readonly config: Config }
  | { readonly type: 'stall'; readonly ms: number }
  | { readonly type: 'end' }

export type FromChild =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'stalling' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'events'; readonly drafts: readonly EventDraft[] }
