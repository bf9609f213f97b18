'use client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { crosshair, pointAt } from '#components/core/view-state.ts'
import { seriesColor, useCompared } from '#components/live/chart-connections.ts'
import { pagePingsDialog } from '#components/live/connections/dialogs.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { LazyDialog, LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { type ChartPicture, chartPicture, type Series } from './chart-data.ts'
import { shownConnections } from './shown-connections.ts'

// The library is three quarters of what this page could load; it comes when there is something to draw.
const chart = lazyPart(() => import('./chart.tsx').then((module) => module.HeartbeatChart))

interface Props {
  selected: ConnectionId | null
  minutes: number
  paused: boolean
}

/** The chart and its legend, drawn anew four times a second unless paused. */
export function HeartbeatStage({ selected, minutes, paused }: Props) {
  const [compared] = useCompared()
  const now = useNow('chart')
  const held = useRef<ChartPicture | null>(null)
  useEffect(() => () => pointAt(null), [])

  if (!paused || held.current === null) {
    held.current = chartPicture(shownConnections(selected, compared), {
      fromAt: now - minutes * 60_000,
      toAt: now,
    })
  }
  const picture = held.current
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {selected === null ? (
        <Empty>Round-trip times from your browser and the server appear here.</Empty>
      ) : (
        <>
          <Legend id={selected} picture={picture} />
          <section
            aria-label="Chart: the left and right arrow keys read values"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the crosshair
            tabIndex={0}
            onKeyDown={(event) => moveCrosshair(event, picture)}
            onBlur={() => pointAt(null)}
            className="min-h-0 flex-1 px-2"
          >
            {/* Not before there is a value: loading the chart would slow down the first round trip it shows. */}
            {picture.series.length + picture.marks.length + picture.warmUps.length > 0 && (
              <LazyView
                part={chart}
                loading={<Skeleton lines={6} className="h-full" />}
                failed={(retry) => <NotLoaded what="The chart" onRetry={retry} />}
              >
                {(Chart) => <Chart picture={picture} />}
              </LazyView>
            )}
          </section>
          <p className="sr-only">{summary(picture)}</p>
        </>
      )}
    </div>
  )
}

/** Steps of a sixtieth of the window; from the right edge when nothing was pointed at. */
function moveCrosshair(event: KeyboardEvent, { window }: ChartPicture): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const from = crosshair.getState().at ?? window.toAt
  const to = from + (step * (window.toAt - window.fromAt)) / 60
  pointAt(Math.min(window.toAt, Math.max(window.fromAt, to)))
}

function summary(picture: ChartPicture): string {
  const lines = picture.series.map((series) => {
    const last = series.points.findLast((point) => point.value !== null)
    return `${series.label}, measured by the ${series.by}: last ${last?.value?.toFixed(1) ?? 'unknown'} ms.`
  })
  const missed = picture.marks.filter((mark) => mark.kind === 'missed').length
  const heard = lines.length > 0 ? lines : ['No round trips measured.']
  return [...heard, ...(missed > 0 ? [`Missed beats shown: ${missed}.`] : [])].join(' ')
}

/** Which line is which: colour for the connection, a whole line for the page, a dashed one for the server. */
function Legend({ id, picture }: { id: ConnectionId; picture: ChartPicture }) {
  const connections = [...new Set(picture.series.map(({ connection }) => connection))]
  const entries =
    connections.length > 1
      ? connections.map((connection) => ({
          key: String(connection),
          connection,
          by: 'page' as const,
          name: nameOf(picture.series.find((series) => series.connection === connection)),
        }))
      : picture.series.map((series) => ({
          key: series.key,
          connection: series.connection,
          by: series.by,
          // The server's line follows the page's of the same connection, so that it needs no name of its own.
          name: series.by === 'server' ? 'by the server' : `${nameOf(series)}, by the page`,
        }))
  return (
    <ul aria-label="Lines" className="flex h-9 shrink-0 items-center gap-4 px-3.5 text-code text-soft">
      {entries.map(({ key, connection, by, name }) => (
        <li key={key} className={cx('flex items-center gap-2', by === 'server' ? 'shrink-0' : 'min-w-0')}>
          <Swatch color={seriesColor(connection)} by={by} />
          <span className="truncate" title={name}>
            {name}
          </span>
        </li>
      ))}
      {connections.length > 1 && (
        <li className="flex shrink-0 items-center gap-2 text-faint">
          <Swatch color="currentColor" by="server" /> by the server
        </li>
      )}
      {entries.length === 0 && (
        <li className="flex items-center gap-3 text-faint">
          No round trips measured yet. <MeasureButton id={id} />
        </li>
      )}
    </ul>
  )
}

function Swatch({ color, by }: { color: string; by: Series['by'] }) {
  return (
    <svg width="14" height="2" aria-hidden="true" className="shrink-0">
      <path
        d="M0 1h14"
        stroke={color}
        strokeWidth="2"
        strokeDasharray={by === 'server' ? '3 2' : undefined}
      />
    </svg>
  )
}

const nameOf = (series: Series | undefined): string => series?.label.split('?', 1)[0] ?? ''

/** Where the page sends no pings of its own. */
function MeasureButton({ id }: { id: ConnectionId }) {
  const pings = useLive(selectFacet(id, 'pagePings'))
  const [choosing, setChoosing] = useState(false)
  if (pings === undefined || pings.mode !== 'off') return null
  return (
    <>
      <Button size="small" onClick={() => setChoosing(true)}>
        Measure round trips
      </Button>
      {choosing && (
        <LazyDialog part={pagePingsDialog}>
          {(View) => <View id={id} pings={pings} onOpenChange={setChoosing} />}
        </LazyDialog>
      )}
    </>
  )
}
