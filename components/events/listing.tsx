'use client'
import { Pause, Play } from 'lucide-react'
import Link from 'next/link'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { inOneLine } from '#components/api/problem.ts'
import { Button, buttonClass, IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Zone } from '#components/ui/zone.tsx'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { ConnectionList } from './connection-list.tsx'
import { type ConnectionRow, rowOfEvent } from './connection-row.ts'
import { EventList } from './event-list.tsx'
import { eventsGrid } from './events-grid.ts'
import { isAsking, noWords, type View } from './filter.ts'
import type { RawLine } from './imports/raw-line.ts'
import { LineList } from './line-list.tsx'
import { mapped } from './mapped-rows.ts'
import type { Spike } from './reading.ts'
import type { RowList } from './row-list.ts'
import type { ServerRows } from './server-rows.ts'
import type { useFilter } from './use-filter.ts'

const lineDialog = lazyPart(() => import('./line-dialog.tsx').then((module) => module.LineDialog))

interface Props {
  filter: ReturnType<typeof useFilter>
  /** Null before the first answer. */
  events: ServerRows | null
  /** Undefined where this server's are shown. */
  imported: RowList<ConnectionRow> | null | undefined
  /** Undefined where nothing is imported. */
  lines: RowList<RawLine> | null | undefined
  spike: Spike | null
  openKey: string | null
  paused: boolean
  /** Null where nothing new comes. */
  onPause: ((paused: boolean) => void) | null
  onOpen: (row: ConnectionRow) => void
  onOpenEvent: (event: DiagnosticEvent) => void
}

const viewOptions: readonly { value: View; label: string }[] = [
  { value: 'connections', label: 'Connections' },
  { value: 'events', label: 'Events' },
  { value: 'lines', label: 'Lines' },
]

/** The panel of the list: connections, events or lines. */
export function Listing(props: Props) {
  const { filter, paused, onPause } = props
  const { view, set } = filter
  const list = listOf(props)
  useRows(list ?? null)
  return (
    <Panel
      title={viewOptions.find((option) => option.value === view)?.label ?? ''}
      note={list && <Count list={list} />}
      className={eventsGrid.list}
      actions={
        <>
          <Zone />
          {onPause !== null && (
            <IconButton
              label={paused ? 'Resume' : 'Pause'}
              aria-pressed={paused}
              onClick={() => onPause(!paused)}
            >
              <Icon of={paused ? Play : Pause} />
            </IconButton>
          )}
          <Segmented
            label="Show"
            options={viewOptions}
            value={view}
            onChange={(view) => void set({ view })}
          />
        </>
      }
    >
      <Content {...props} list={list} />
    </Panel>
  )
}

function listOf({ filter: { view }, events, imported, lines }: Props): RowList<unknown> | null | undefined {
  if (view === 'lines') return lines
  return view === 'connections' && imported !== undefined ? imported : events
}

function Content({ list, ...props }: Props & { list: RowList<unknown> | null | undefined }) {
  const { filter, events, imported, lines, spike, openKey, onOpen, onOpenEvent } = props
  const { view, at, asked, set } = filter
  const ofEvents = useMemo(() => events && mapped(events, rowOfEvent), [events])
  if (list === undefined) {
    return <Empty>No logs are imported. Drop files anywhere on this page, or press “Import logs”.</Empty>
  }
  if (list === null || (list.isLoading && list.length === 0)) return <Skeleton lines={8} />
  if (list.problem !== null && list.length === 0)
    return <Failed what="The list could not be loaded." why={inOneLine(list.problem)} />
  if (list.length === 0) {
    if (!isAsking(asked) && at === null) return <Nothing filter={filter} />
    const clear = () => void set({ ...noWords, silence: null, age: null, at: null })
    return (
      <Empty action={<Button onClick={clear}>Clear the filter</Button>}>Nothing matches the filter.</Empty>
    )
  }
  if (view === 'lines') return lines ? <Lines list={lines} /> : null
  const areSeveral = events?.areSeveral ?? false
  if (view === 'events')
    return events && <EventList list={events} areSeveral={areSeveral} onOpen={onOpenEvent} />
  const connections = imported === undefined ? ofEvents : imported
  return (
    connections && (
      <ConnectionList
        list={connections}
        spike={spike}
        areSeveral={areSeveral && imported === undefined}
        openKey={openKey}
        onOpen={onOpen}
      />
    )
  )
}

function Lines({ list }: { list: RowList<RawLine> }) {
  const [opened, setOpened] = useState<RawLine | null>(null)
  return (
    <>
      <LineList list={list} onOpen={setOpened} />
      {opened !== null && (
        <LazyDialog part={lineDialog}>
          {(LineDialog) => <LineDialog line={opened} onClose={() => setOpened(null)} />}
        </LazyDialog>
      )}
    </>
  )
}

function Nothing({ filter: { range, view, set } }: Pick<Props, 'filter'>) {
  const what = view === 'events' ? 'There are no events' : 'No connection ended'
  if (range === 'all')
    return (
      <Empty
        action={
          <Link href="/" className={buttonClass()}>
            Open a connection
          </Link>
        }
      >
        {what} yet.
      </Empty>
    )
  return (
    <Empty action={<Button onClick={() => void set({ range: 'all' })}>Show all there is</Button>}>
      {what} in this time.
    </Empty>
  )
}

function Count({ list }: { list: RowList<unknown> }) {
  return (
    <span className="figures" aria-live="polite">
      {list.length.toLocaleString('en')}
      {list.isSearching && '+'}
    </span>
  )
}

function useRows(list: RowList<unknown> | null): void {
  useSyncExternalStore(list?.subscribe ?? noSubscription, list?.version ?? zero)
}

const noSubscription = () => () => {}
const zero = () => 0
