import { type StateWords, stateWords } from '#components/live/state-words.ts'
import type { Connection } from '#lib/store/connection/connection.ts'

/** A connection's state in words; here a goodbye with 1000 is what a life should end with. */
export function lifeWords({ state, server }: Pick<Connection, 'state' | 'server'>): StateWords {
  const words = stateWords(state, server)
  const isGoodbye = state.phase === 'closed' && state.code === 1000 && state.wasClean
  return isGoodbye ? { ...words, tone: 'alive' } : words
}
