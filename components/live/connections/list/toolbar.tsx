'use client'
import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { liveActions } from '#components/core/live-core.ts'
import { useCompare } from '#components/live/chart-connections.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { type Group, groups } from './list-order.ts'
import { listState, unpick } from './list-state.ts'

const names = { failed: 'Failed', open: 'Open', closed: 'Closed' } satisfies Record<Group, string>

interface Props {
  count: number
  counts: Readonly<Record<Group, number>>
}

/** Over the list: the filter with its counts, or, once rows were picked, what can be done with them. */
export function ListToolbar({ count, counts }: Props) {
  const picked = useStore(listState, (state) => state.picked)
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 pointer-coarse:h-13">
      {picked.size > 0 ? <PickedBar ids={[...picked]} /> : <Filter count={count} counts={counts} />}
    </div>
  )
}

function Filter({ count, counts }: Props) {
  const typed = useStore(listState, (state) => state.typed)
  const group = useStore(listState, (state) => state.group)
  const options = [
    { value: 'all' as const, label: `All ${count}` },
    ...groups
      .filter((one) => counts[one] > 0 || one === group)
      .map((one) => ({ value: one, label: `${names[one]} ${counts[one]}` })),
  ]
  return (
    <>
      <Field
        label="Filter connections"
        hideLabel
        placeholder="Filter"
        value={typed}
        onChange={(event) => listState.setState({ typed: event.target.value })}
        size="small"
        boxClassName="flex-1"
      />
      <Segmented
        label="Show"
        options={options}
        value={group}
        onChange={(next) => listState.setState({ group: next })}
      />
    </>
  )
}

function PickedBar({ ids }: { ids: readonly string[] }) {
  const compare = useCompare()
  return (
    <div className="flex min-w-0 flex-1 items-center">
      <span className="figures flex-1 truncate">{ids.length} selected</span>
      <Button look="quiet" size="small" aria-label="Close selected" onClick={() => liveActions.closeAll(ids)}>
        Close
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label="Reconnect selected"
        onClick={() => liveActions.reconnectAll(ids)}
      >
        Reconnect
      </Button>
      <Button look="quiet" size="small" aria-label="Compare selected" onClick={() => compare(ids)}>
        Compare
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label="Remove selected"
        onClick={() => liveActions.removeAll(ids)}
      >
        Remove
      </Button>
      <IconButton label="Clear selection" className="size-6" onClick={unpick}>
        <Icon of={X} size={14} />
      </IconButton>
    </div>
  )
}
