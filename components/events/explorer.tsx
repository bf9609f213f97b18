'use client'
import { Pause, Play } from 'lucide-react'
import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { EventRange } from '#components/api/events.ts'
import { inOneLine } from '#components/api/problem.ts'
import { now } from '#components/core/now.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Failed, Skeleton } from '#components/ui/panel-states.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Zone } from '#components/ui/zone.tsx'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { FilterBar } from './bar.tsx'
import { ConnectionList } from './connection-list.tsx'
import { type ConnectionRow, rowOfEvent } from './connection-row.ts'
import { EventList } from './event-list.tsx'
import { eventsGrid } from './events-grid.ts'
import { filterOf, isAsking, noWords, ranges, type View } from './filter.ts'
import { Histograms } from './histograms.tsx'
import { mapped } from './mapped-rows.ts'
import { readSilence } from './reading.ts'
import type { RowList } from './row-list.ts'
import type { StoryStart } from './story.ts'
import { useFilter } from './use-filter.ts'
import { useRange, useServerEnds, useServerRows } from './use-server-lists.ts'

const storyDialog = lazyPart(() => import('./story-dialog.tsx').then((module) => module.StoryDialog))

const viewOptions: readonly { value: View; label: string }[] = [
  { value: 'connections', label: 'Connections' },
  { value: 'events', label: 'Events' },
  { value: 'lines', label: 'Lines' },
]

/** The figures are counted again so long after something new came. */
const RECOUNT_MS = 3000

/** The explorer: filter, verdict, histograms, and the list of connections, events or lines. */
export function Explorer() {
  const filter = useFilter()
  const { view, range, at, story, asked, set } = filter
  const [paused, setPaused] = useState(false)
  // Ranges go back from when they were chosen; what comes after is added by the stream.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question is asked now
  const nowMs = useMemo(() => now(), [range, asked, at])
  const back = ranges[range]
  const span = {
    sinceMs: at !== null ? at.fromMs : back === null ? null : nowMs - back,
    untilMs: at !== null ? at.toMs : null,
  }
  const counted = useRange({ filter: filterOf(asked, 'connections'), ...span })
  const listed = useRange({ filter: filterOf(asked, view), ...span })
  const [turn, recount] = useRecount()
  const rows = useServerRows(view === 'lines' ? null : listed, recount)
  useEffect(() => rows?.setPaused(paused), [rows, paused])
  const ends = useServerEnds(counted, turn)
  const silence = useMemo(() => (ends.status === 'done' ? readSilence(ends.ends) : null), [ends])
  const [opened, setOpened] = useState<ConnectionRow | null>(null)
  const open = (row: ConnectionRow) => {
    setOpened(row)
    void set({ story: row.clientId })
  }
  const start: StoryStart | null =
    opened !== null ? opened : story === null ? null : { clientId: story, trace: null, atMs: null }
  return (
    <div className={eventsGrid.page}>
      <FilterBar filter={filter}>
        <IconButton
          label={paused ? 'Resume' : 'Pause'}
          aria-pressed={paused}
          onClick={() => setPaused((was) => !was)}
        >
          <Icon of={paused ? Play : Pause} />
        </IconButton>
      </FilterBar>
      {ends.status === 'done' && silence !== null ? (
        <Histograms ends={ends.ends} silence={silence} set={set} />
      ) : (
        <HistogramsWaiting problem={ends.status === 'failed' ? inOneLine(ends.problem) : null} />
      )}
      <Panel
        title={viewOptions.find(({ value }) => value === view)?.label ?? ''}
        note={rows && <Count rows={rows} />}
        className={eventsGrid.list}
        actions={
          <>
            <Zone />
            <Segmented
              label="Show"
              options={viewOptions}
              value={view}
              onChange={(view) => void set({ view })}
            />
          </>
        }
      >
        <Listed
          view={view}
          range={listed}
          rows={rows}
          isAsking={isAsking(asked) || at !== null}
          onClear={() => void set({ ...noWords, silence: null, age: null, at: null })}
          connections={(list) => (
            <ConnectionList
              list={list}
              spike={silence?.spike ?? null}
              openKey={opened?.key ?? null}
              onOpen={open}
            />
          )}
          events={(list) => <EventList list={list} onOpen={(event) => open(rowOfEvent(event))} />}
        />
      </Panel>
      {start !== null && (
        <LazyDialog part={storyDialog}>
          {(StoryDialog) => (
            <StoryDialog
              start={start}
              row={opened}
              findLines={null}
              onClose={() => {
                setOpened(null)
                void set({ story: null })
              }}
            />
          )}
        </LazyDialog>
      )}
    </div>
  )
}

/** A number that changes when it is time to count again, and what makes it change soon. */
function useRecount(): [number, () => void] {
  const [turn, setTurn] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  const recount = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      setTurn((was) => was + 1)
    }, RECOUNT_MS)
  }, [])
  return [turn, recount]
}

function useRows(rows: RowList<unknown> | null): void {
  useSyncExternalStore(rows?.subscribe ?? noSubscription, rows?.version ?? zero)
}

const noSubscription = () => () => {}
const zero = () => 0

function Count({ rows }: { rows: RowList<unknown> }) {
  useRows(rows)
  return (
    <span className="figures">
      {rows.length.toLocaleString('en')}
      {rows.isSearching && '+'}
    </span>
  )
}

function HistogramsWaiting({ problem }: { problem: string | null }) {
  return (
    <div className={eventsGrid.histograms}>
      {['Silence before close', 'Age at close', 'Time of close'].map((title) => (
        <Panel key={title} title={title} className={eventsGrid.histogram}>
          {problem === null ? <Skeleton lines={5} /> : <Failed what="Not counted." why={problem} />}
        </Panel>
      ))}
    </div>
  )
}

interface ListedProps {
  view: View
  range: EventRange
  rows: RowList<DiagnosticEvent> | null
  isAsking: boolean
  onClear: () => void
  connections: (list: RowList<ConnectionRow>) => ReactNode
  events: (list: RowList<DiagnosticEvent>) => ReactNode
}

function Listed({ view, rows, isAsking, onClear, connections, events }: ListedProps) {
  const list = useMemo(() => rows && mapped(rows, rowOfEvent), [rows])
  useRows(rows)
  if (view === 'lines') return <Empty>No logs are imported.</Empty>
  if (rows === null || list === null || (rows.isLoading && rows.length === 0)) return <Skeleton lines={8} />
  if (rows.problem !== null && rows.length === 0)
    return <Failed what="The events could not be loaded." why={inOneLine(rows.problem)} />
  if (rows.length === 0)
    return isAsking ? (
      <Empty action={<Button onClick={onClear}>Clear the filter</Button>}>Nothing matches the filter.</Empty>
    ) : (
      <Empty>Nothing ended in this time.</Empty>
    )
  return view === 'connections' ? connections(list) : events(rows)
}
