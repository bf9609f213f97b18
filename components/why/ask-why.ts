import { createStore } from 'zustand/vanilla'
import type { ConnectionId } from '#lib/store/connection/connection.ts'

/** Whose "Why?" was pressed. Kept apart from the row, which changes while the answer is read. */
export const askedStore = createStore<{ readonly id: ConnectionId | null }>(() => ({ id: null }))

export const askWhy = (id: ConnectionId): void => askedStore.setState({ id })
