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

/** A row of the chart's data: a moment, and the round trip of each stretch of line that has one then. */
type Row = { at: number } & Record<string, number>

/** The Recharts chart of round trips. No dots, no animation, linear lines: what four updates a second can bear. */
export function HeartbeatChart({ picture }: { picture: ChartPicture }) {
  const { rows, stretches } = useMemo(() => stretch(picture.series), [picture.series])
  const { fromAt, toAt } = picture.window
  const top = niceTop(picture.highestMs)
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
        dataKey="at"
        type="number"
        domain={[fromAt, toAt]}
        allowDataOverflow
        ticks={timeTicks(fromAt, toAt)}
        tickFormatter={(at: number) => ago(toAt - at, toAt - fromAt)}
        tick={axisText}
        tickLine={false}
        axisLine={false}
        interval={0}
        height={22}
      />
      <YAxis
        domain={[0, top]}
        allowDataOverflow
        tickCount={6}
        tickFormatter={(ms: number) => String(Number(ms.toFixed(2)))}
        tick={axisText}
        tickLine={false}
        axisLine={false}
        width={34}
      />
      {picture.spans.map((span) => (
        <ReferenceArea
          key={`${span.label} ${span.fromAt}`}
          x1={Math.max(span.fromAt, fromAt)}
          x2={Math.min(span.toAt, toAt)}
          fill="var(--color-soft)"
          fillOpacity={0.12}
          label={{ value: span.label, position: 'insideTopLeft', ...axisText }}
        />
      ))}
      <ReferenceLine
        y={thresholdMs}
        stroke="var(--color-faint)"
        strokeDasharray="6 4"
        label={{ value: '100 ms', position: 'insideTopRight', ...axisText }}
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
          x={mark.at}
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
function stretch(all: readonly Series[]): { rows: Row[]; stretches: { key: string; series: Series }[] } {
  const rows: Row[] = []
  const stretches: { key: string; series: Series }[] = []
  for (const series of all) {
    let part = 0
    let used = ''
    for (const point of series.points) {
      const key = `${series.key}-${part}`
      if (point.value === null) part++
      else {
        rows.push({ at: point.at, [key]: point.value })
        if (used !== key) stretches.push({ key, series })
        used = key
      }
    }
  }
  return { rows: rows.sort((a, b) => a.at - b.at), stretches }
}

/** The top of the scale: a round number above the highest round trip, so that the scale rarely changes. */
function niceTop(highestMs: number): number {
  if (highestMs === 0) return 10
  const steps = [1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000]
  return steps.find((step) => step >= highestMs * 1.1) ?? highestMs * 1.1
}

function timeTicks(fromAt: number, toAt: number): number[] {
  const step = (toAt - fromAt) / 4
  return [0, 1, 2, 3, 4].map((index) => fromAt + index * step)
}

/** `−45 s`, `−15 min`, `now`; the unit once, at the left edge. */
function ago(ms: number, windowMs: number): string {
  if (ms < 1) return 'now'
  const inMinutes = windowMs > 120_000
  const value = inMinutes ? ms / 60_000 : ms / 1000
  const unit = ms >= windowMs - 1 ? (inMinutes ? ' min' : ' s') : ''
  return `−${Number(value.toFixed(2))}${unit}`
}
