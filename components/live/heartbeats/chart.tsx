'use client'
import { useMemo } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts'
import { ChartCrosshair } from './chart-crosshair.tsx'
import type { ChartPicture, Mark, Series } from './chart-data.ts'
import { labelSides } from './mark-labels.ts'
import { seriesColor } from './series-color.ts'

/** The round trip that the playbook asks for. */
const thresholdMs = 100

const axisText = { fill: 'var(--color-faint)', fontSize: 11, fontFamily: 'var(--font-mono)' }

const markColors = {
  missed: 'var(--color-waiting)',
  close: 'var(--color-dead)',
  reconnect: 'var(--color-soft)',
} satisfies Record<Mark['kind'], string>

/** A row of the chart's data: milliseconds before the right edge, and the round trip of each stretch of line then. */
type Row = { before: number } & Record<string, number>

/**
 * The Recharts chart of round trips. No dots, no animation, linear lines, and an axis that counts from the right edge,
 * so that its ticks stay where they are while time moves on: what four updates a second can bear.
 */
export function HeartbeatChart({ picture }: { picture: ChartPicture }) {
  const { rows, stretches } = useMemo(() => stretch(picture), [picture])
  const { fromAt, toAt } = picture.window
  const windowMs = Math.round(toAt - fromAt)
  const axis = useMemo(() => timeAxis(windowMs), [windowMs])
  const top = niceTop(picture.highestMs)
  const scale = useMemo((): [number, number] => [0, top], [top])
  const sides = labelSides(picture.marks, picture.window)
  return (
    <LineChart
      data={rows}
      responsive
      accessibilityLayer={false}
      margin={{ top: 14, right: 14, bottom: 0, left: 0 }}
      style={{ width: '100%', height: '100%' }}
    >
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="before"
        type="number"
        domain={axis.domain}
        allowDataOverflow
        ticks={axis.ticks}
        tickFormatter={axis.format}
        tick={axisText}
        tickLine={false}
        axisLine={false}
        interval={0}
        height={22}
      />
      <YAxis
        domain={scale}
        allowDataOverflow
        tickCount={6}
        tickFormatter={shortMs}
        tick={axisText}
        tickLine={false}
        axisLine={false}
        width={34}
      />
      {picture.spans.map((span) => (
        <ReferenceArea
          key={`${span.label} ${span.fromAt}`}
          x1={Math.max(span.fromAt, fromAt) - toAt}
          x2={Math.min(span.toAt, toAt) - toAt}
          fill="var(--color-soft)"
          fillOpacity={0.12}
          label={{ value: span.label, position: 'insideTopLeft', ...axisText }}
        />
      ))}
      <ReferenceLine
        y={thresholdMs}
        stroke="var(--color-faint)"
        strokeDasharray="6 4"
        // On the left: at the right edge the newest marks have their labels.
        label={{ value: '100 ms', position: 'insideTopLeft', ...axisText }}
      />
      {stretches.map(({ key, series }) => (
        <Line
          key={key}
          dataKey={key}
          type="linear"
          connectNulls
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          stroke={seriesColor(series.connection)}
          strokeWidth={1.5}
          {...(series.by === 'server' && { strokeDasharray: '3 2', strokeOpacity: 0.75 })}
        />
      ))}
      {picture.marks.map((mark, index) => (
        <ReferenceLine
          key={`${mark.kind} ${mark.at}`}
          x={mark.at - toAt}
          stroke={markColors[mark.kind]}
          strokeDasharray={mark.kind === 'close' ? undefined : '3 3'}
          label={
            sides[index] === 'none'
              ? undefined
              : {
                  value: mark.label,
                  position: sides[index] === 'left' ? 'insideTopRight' : 'insideTopLeft',
                  fontSize: 11,
                  fill: markColors[mark.kind],
                }
          }
        />
      ))}
      <ChartCrosshair picture={picture} />
    </LineChart>
  )
}

/** A line ends where its connection did: each stretch between two ends is drawn as a line of its own. */
function stretch({ series: all, window }: ChartPicture): {
  rows: Row[]
  stretches: { key: string; series: Series }[]
} {
  const rows: Row[] = []
  const stretches: { key: string; series: Series }[] = []
  for (const series of all) {
    let part = 0
    let used = ''
    for (const point of series.points) {
      const key = `${series.key}-${part}`
      if (point.value === null) part++
      else {
        rows.push({ before: point.at - window.toAt, [key]: point.value })
        if (used !== key) stretches.push({ key, series })
        used = key
      }
    }
  }
  return { rows: rows.sort((a, b) => a.before - b.before), stretches }
}

/** The top of the scale: a round number above the highest round trip, so that the scale rarely changes. */
function niceTop(highestMs: number): number {
  if (highestMs === 0) return 10
  const steps = [1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000]
  return steps.find((step) => step >= highestMs * 1.1) ?? highestMs * 1.1
}

/** The same objects while the window keeps its length, since Recharts computes an axis anew when they change. */
function timeAxis(windowMs: number) {
  const ticks = [4, 3, 2, 1, 0].map((quarter) => (quarter === 0 ? 0 : (-quarter * windowMs) / 4))
  return {
    domain: [-windowMs, 0] as [number, number],
    ticks,
    format: (before: number) => ago(-before, windowMs),
  }
}

function shortMs(ms: number): string {
  return String(Number(ms.toFixed(2)))
}

/** `−45 s`, `−15 min`, `now`; the unit once, at the left edge. */
function ago(ms: number, windowMs: number): string {
  if (ms < 1) return 'now'
  const inMinutes = windowMs > 120_000
  const value = inMinutes ? ms / 60_000 : ms / 1000
  const unit = ms >= windowMs - 1 ? (inMinutes ? ' min' : ' s') : ''
  return `−${Number(value.toFixed(2))}${unit}`
}
