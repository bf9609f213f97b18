/** What the list "Connections" shows, and in which order: what failed first. */
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { hasFailed, isOver } from '#lib/store/connection/connection-state.ts'

export const groups = ['failed', 'open', 'closed'] as const
export type Group = (typeof groups)[number]

export interface Listed {
  readonly id: ConnectionId
  readonly group: Group
  /** 0 comes first. */
  readonly rank: number
}

/** So few are read at a glance: they keep the order in which they were opened. */
const FEW = 5

export function listed({ id, state, losses }: Connection): Listed {
  if (hasFailed(state)) return { id, group: 'failed', rank: 0 }
  if (isOver(state)) return { id, group: 'closed', rank: 5 }
  if (state.phase === 'suspect') return { id, group: 'open', rank: 1 }
  if (losses.count > 0) return { id, group: 'open', rank: 2 }
  return { id, group: 'open', rank: state.phase === 'open' ? 4 : 3 }
}

/** @param all in the order of opening, which decides between equals */
export function inOrder(all: readonly Listed[]): readonly ConnectionId[] {
  const ordered = all.length <= FEW ? all : all.toSorted((a, b) => a.rank - b.rank)
  return ordered.map(({ id }) => id)
}

/** The order that is on the screen, while somebody points at it: what is new comes last, what is gone leaves. */
export function held(
  shown: readonly ConnectionId[],
  order: readonly ConnectionId[],
): readonly ConnectionId[] {
  const known = new Set(shown)
  const there = new Set(order)
  return [...shown.filter((id) => there.has(id)), ...order.filter((id) => !known.has(id))]
}

export function countGroups(all: readonly Listed[]): Readonly<Record<Group, number>> {
  const counts = { failed: 0, open: 0, closed: 0 }
  for (const { group } of all) counts[group]++
  return counts
}

/** By URL, subprotocol, or what ended it: `1006`, `dropped`. */
export function matches({ target, state, losses }: Connection, typed: string): boolean {
  const needle = typed.trim().toLowerCase()
  if (needle === '') return true
  const code = 'code' in state ? String(state.code) : ''
  const dropped = losses.count > 0 ? 'dropped' : ''
  return [target.url, ...target.subprotocols, state.phase, code, dropped].some((text) =>
    text.toLowerCase().includes(needle),
  )
}
