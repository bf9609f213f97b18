'use client'
import { memo, useMemo } from 'react'
import { CartesianGrid, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts'
import type { ChartPicture } from './chart-data.ts'
import { axisText, ChartDrawing, PictureContext } from './chart-drawing.tsx'

/** The round trip that the playbook asks for. */
const thresholdMs = 100

/**
 * The Recharts chart of round trips. Its axis counts from the right edge, so that nothing of it changes while time
 * moves on: four times a second the drawing on it is renewed, and the library is asked for nothing.
 */
export function HeartbeatChart({ picture }: { picture: ChartPicture }) {
  const windowMs = Math.round(picture.window.toAt - picture.window.fromAt)
  return (
    <PictureContext value={picture}>
      <Frame windowMs={windowMs} topMs={picture.series.length === 0 ? null : niceTop(picture.highestMs)} />
    </PictureContext>
  )
}

interface FrameProps {
  windowMs: number
  /** Null where nothing was measured: then there is no scale to read. */
  topMs: number | null
}

/** Axes, grid and threshold: renewed when the window or the scale is another. */
const Frame = memo(function Frame({ windowMs, topMs }: FrameProps) {
  const axis = useMemo(() => timeAxis(windowMs), [windowMs])
  const scale = useMemo((): [number, number] => [0, topMs ?? 10], [topMs])
  return (
    <LineChart
      responsive
      accessibilityLayer={false}
      margin={{ top: 14, right: 14, bottom: 0, left: 0 }}
      style={{ width: '100%', height: '100%' }}
    >
      {topMs !== null && <CartesianGrid vertical={false} stroke="var(--color-line)" />}
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
        tickFormatter={topMs === null ? noTick : shortMs}
        tick={axisText}
        tickLine={false}
        axisLine={false}
        width={34}
      />
      <ReferenceLine
        y={thresholdMs}
        stroke="var(--color-faint)"
        strokeDasharray="6 4"
        // On the left: at the right edge the newest marks have their labels.
        label={{ value: '100 ms', position: 'insideTopLeft', ...axisText }}
      />
      <ChartDrawing />
    </LineChart>
  )
})

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

const noTick = () => ''

/** `−45 s`, `−15 min`, `now`; the unit once, at the left edge. */
function ago(ms: number, windowMs: number): string {
  if (ms < 1) return 'now'
  const inMinutes = windowMs > 120_000
  const value = inMinutes ? ms / 60_000 : ms / 1000
  const unit = ms >= windowMs - 1 ? (inMinutes ? ' min' : ' s') : ''
  return `−${Number(value.toFixed(2))}${unit}`
}
