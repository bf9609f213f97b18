'use client'
import { useEffect, useMemo, useState } from 'react'
import { BundleButton } from '#components/bundle/bundle-button.tsx'
import { now } from '#components/core/now.ts'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import { FilterBar } from './bar.tsx'
import { type ConnectionRow, rowOfEvent } from './connection-row.ts'
import { eventsGrid } from './events-grid.ts'
import { filterOf, ranges } from './filter.ts'
import { HistogramsOf } from './histograms.tsx'
import { ImportButton, ImportLine } from './imports/import-controls.tsx'
import { askLogs } from './imports/imports.ts'
import { useImportedLines, useImportedRows, useImports } from './imports/use-imported.ts'
import { Listing } from './listing.tsx'
import { readSilence } from './reading.ts'
import { type Source, SourceChoice } from './source-choice.tsx'
import type { StoryStart } from './story.ts'
import { useFilter } from './use-filter.ts'
import { useRange, useRecount, useServerEnds, useServerRows } from './use-server-lists.ts'
import { VerdictStrip } from './verdict-strip.tsx'

const storyDialog = lazyPart(() => import('./story-dialog.tsx').then((module) => module.StoryDialog))

/** The explorer: filter, verdict, histograms, and the list of connections, events or lines. */
export function Explorer() {
  const filter = useFilter()
  const { view, range, at, story, asked, set } = filter
  const imports = useImports()
  const [source, setSource] = useSource(imports.status)
  const [paused, setPaused] = useState(false)
  const version = 'version' in imports && imports.overview !== null ? imports.version : null
  const isImported = source === 'imported' && version !== null
  // Ranges go back from when they were chosen; what comes after is added by the stream. Of logs they go back from their end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question is asked now
  const nowMs = useMemo(() => now(), [range, asked, at])
  const endMs = isImported && 'overview' in imports ? (imports.overview?.toMs ?? nowMs) : nowMs
  const back = ranges[range]
  const span = {
    sinceMs: at !== null ? at.fromMs : back === null ? null : endMs - back,
    untilMs: at !== null ? at.toMs : null,
  }
  const counted = useRange({ filter: filterOf(asked, 'connections'), ...span })
  const listed = useRange({ filter: filterOf(asked, view), ...span })
  const [turn, recount] = useRecount()
  const isOfServer = view === 'events' || (view === 'connections' && !isImported)
  const events = useServerRows(isOfServer ? listed : null, recount)
  useEffect(() => events?.setPaused(paused), [events, paused])
  const serverEnds = useServerEnds(isImported ? null : counted, turn)
  const imported = useImportedRows(isImported ? version : null, counted.filter, span)
  const lines = useImportedLines(view === 'lines' ? version : null, asked.text)
  const ends = isImported
    ? imported === null
      ? { status: 'loading' as const }
      : { status: 'done' as const, ends: imported.ends }
    : serverEnds
  const silence = useMemo(() => (ends.status === 'done' ? readSilence(ends.ends) : null), [ends])

  const [opened, setOpened] = useState<ConnectionRow | null>(null)
  const open = (row: ConnectionRow) => {
    setOpened(row)
    void set({ story: row.clientId })
  }
  const start: StoryStart | null =
    opened ?? (story === null ? null : { clientId: story, trace: null, atMs: null })
  const logKey = opened?.key.startsWith('log-') ? opened.key : null
  return (
    <div className={eventsGrid.page}>
      <FilterBar filter={filter}>
        <ImportButton />
        <BundleButton size="large" />
      </FilterBar>
      <ImportLine imports={imports}>
        <SourceChoice source={source} onChange={setSource} />
      </ImportLine>
      <VerdictStrip
        version={isImported ? version : null}
        filter={counted.filter}
        span={span}
        turn={turn}
        listed={
          isImported ? (imported?.rows.length ?? null) : ends.status === 'done' ? ends.ends.count : null
        }
      />
      <HistogramsOf ends={ends} silence={silence} set={set} />
      <Listing
        filter={filter}
        events={events}
        imported={isImported ? (imported?.rows ?? null) : undefined}
        lines={version === null ? undefined : lines}
        spike={silence?.spike ?? null}
        openKey={opened?.key ?? null}
        paused={paused}
        onPause={isOfServer && at === null ? setPaused : null}
        onOpen={open}
        onOpenEvent={(event) => open(rowOfEvent(event))}
      />
      {start !== null && (
        <LazyDialog part={storyDialog}>
          {(StoryDialog) => (
            <StoryDialog
              start={start}
              row={opened}
              findLines={
                version === null ? null : () => askLogs('story', { key: logKey, clientId: start.clientId })
              }
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

/** What is imported is looked at at once, until one chooses otherwise. */
function useSource(status: string): [Source, (source: Source) => void] {
  const [source, setSource] = useState<Source>('imported')
  useEffect(() => {
    if (status === 'reading') setSource('imported')
  }, [status])
  return [source, setSource]
}
