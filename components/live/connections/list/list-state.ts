'use client'
/** The list of this visit: what it is filtered by, and which rows were picked to be dealt with together. */
import { createStore } from 'zustand/vanilla'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { Group } from './list-order.ts'

interface ListState {
  readonly typed: string
  readonly group: Group | 'all'
  readonly picked: ReadonlySet<ConnectionId>
  /** As it is on the screen, for keys that move in it. */
  readonly shown: readonly ConnectionId[]
  /** The row that takes the focus when it appears. */
  readonly toFocus: ConnectionId | null
}

export const listState = createStore<ListState>(() => ({
  typed: '',
  group: 'all',
  picked: new Set(),
  shown: [],
  toFocus: null,
}))

let lastPicked: ConnectionId | null = null

/** @param isRange up to the one picked before */
export function pick(id: ConnectionId, isPicked: boolean, isRange: boolean): void {
  const { picked, shown } = listState.getState()
  const from = isRange && lastPicked !== null ? shown.indexOf(lastPicked) : -1
  const to = shown.indexOf(id)
  const ids = from < 0 || to < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1)
  const next = new Set(picked)
  for (const one of ids) isPicked ? next.add(one) : next.delete(one)
  lastPicked = id
  listState.setState({ picked: next })
}

export function pickAll(ids: readonly ConnectionId[]): void {
  listState.setState({ picked: new Set(ids) })
}

export function unpick(): void {
  if (listState.getState().picked.size > 0) listState.setState({ picked: new Set() })
}

/** The focus goes where the eye goes: to the row that was just opened. */
export function focusRow(id: ConnectionId): void {
  listState.setState({ toFocus: id })
}
