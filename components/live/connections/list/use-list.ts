'use client'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { live, useLive, useSampledLive } from '#components/core/live-core.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { selectConnectionIds } from '#lib/store/selectors.ts'
import { countGroups, type Group, held, inOrder, type Listed, listed, matches } from './list-order.ts'
import { listState } from './list-state.ts'

interface List {
  /** Those that the filter lets through, in the order of opening: their place in the page does not change. */
  readonly ids: readonly ConnectionId[]
  /** Where each is seen. */
  readonly places: ReadonlyMap<ConnectionId, number>
  readonly count: number
  readonly counts: Readonly<Record<Group, number>>
  /** Keeps the order while somebody points at the list. */
  readonly hold: (isHeld: boolean) => void
}

export function useList(): List {
  const all = useLive(selectConnectionIds)
  const standing = useSampledLive(standingOf)
  const typed = useStore(listState, (state) => state.typed)
  const group = useStore(listState, (state) => state.group)
  const [kept, keep] = useState<readonly ConnectionId[] | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `standing` is what changes in the store
  const found = useMemo(() => {
    const { connections } = live.store.getState()
    const rows = all.flatMap((id) => connections[id] ?? [])
    const known = rows.map(listed)
    const passing = new Set(rows.filter((row) => matches(row, typed)).map(({ id }) => id))
    const shown = known.filter((one) => passing.has(one.id) && (group === 'all' || one.group === group))
    return { counts: countGroups(known), ids: shown.map(({ id }) => id), order: inOrder(shown) }
  }, [all, standing, typed, group])

  const order = kept === null ? found.order : held(kept, found.order)
  const shownKey = order.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the order
  useEffect(() => {
    const { picked } = listState.getState()
    const there = new Set(all)
    const left = [...picked].filter((id) => there.has(id))
    listState.setState({ shown: order, ...(left.length < picked.size && { picked: new Set(left) }) })
  }, [shownKey, all])
  return {
    ids: found.ids,
    places: new Map(order.map((id, place) => [id, place])),
    count: all.length,
    counts: found.counts,
    hold: (isHeld) => keep(isHeld ? order : null),
  }
}

/** Changes with the order alone. */
function standingOf({ connectionIds, connections }: LiveState): string {
  return connectionIds
    .map((id) => {
      const connection = connections[id]
      const { rank }: Pick<Listed, 'rank'> = connection ? listed(connection) : { rank: 0 }
      return `${id} ${rank}`
    })
    .join()
}
