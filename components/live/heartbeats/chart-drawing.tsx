'use client'
import { createContext, use, useId } from 'react'
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import { seriesColor } from '#components/live/chart-connections.ts'
import { formatMs } from '#components/ui/format.ts'
import { ChartCrosshair } from './chart-crosshair.tsx'
import { type ChartPicture, labelSides, lonePoints, type Mark, type Series } from './chart-data.ts'

/** What the chart draws now. A context, so that the library between chart and drawing sleeps while it changes. */
export const PictureContext = createContext<ChartPicture | null>(null)

export const axisText = { fill: 'var(--color-faint)', fontSize: 11, fontFamily: 'var(--font-mono)' }

const markColors = {
  missed: 'var(--color-waiting)',
  close: 'var(--color-dead)',
  reconnect: 'var(--color-soft)',
} satisfies Record<Mark['kind'], string>

/** Where things stand in the chart's SVG, in px. */
interface Plane {
  left: number
  top: number
  width: number
  height: number
  x(at: number): number
  y(ms: number): number
}

/** Lines, marks, spans and crosshair on the chart's own scales: plain paths, which cost the page next to nothing. */
export function ChartDrawing() {
  const picture = use(PictureContext)
  const clipId = useId()
  const plane = usePlane(picture)
  if (picture === null || plane === null) return null
  const sides = labelSides(picture.marks, picture.window)
  return (
    <g>
      <clipPath id={clipId}>
        <rect x={plane.left} y={plane.top} width={plane.width} height={plane.height} />
      </clipPath>
      <g clipPath={`url(#${clipId})`}>
        <Spans picture={picture} plane={plane} />
        {picture.series.map((series) => (
          <g key={series.key}>
            <path
              data-line={series.by}
              d={linePath(series, plane)}
              fill="none"
              stroke={seriesColor(series.connection)}
              strokeWidth={1.5}
              {...(series.by === 'server' && { strokeDasharray: '3 2', strokeOpacity: 0.75 })}
            />
            {lonePoints(series).map(({ at, value }) => (
              <circle
                key={at}
                cx={plane.x(at)}
                cy={plane.y(value ?? 0)}
                r={2.5}
                fill={seriesColor(series.connection)}
              />
            ))}
          </g>
        ))}
      </g>
      {picture.warmUps.map((warmUp) => (
        <WarmUpMark key={`${warmUp.connection} ${warmUp.at}`} {...warmUp} plane={plane} />
      ))}
      {picture.marks.map((mark, index) => (
        <MarkLine key={`${mark.kind} ${mark.at}`} mark={mark} side={sides[index] ?? 'none'} plane={plane} />
      ))}
      <ChartCrosshair picture={picture} />
    </g>
  )
}

function usePlane(picture: ChartPicture | null): Plane | null {
  const area = usePlotArea()
  const toX = useXAxisScale()
  const toY = useYAxisScale()
  if (picture === null || area === undefined || toX === undefined || toY === undefined) return null
  const { toAt } = picture.window
  return {
    left: area.x,
    top: area.y,
    width: area.width,
    height: area.height,
    x: (at) => tenth(toX(at - toAt) ?? 0),
    y: (ms) => tenth(toY(ms) ?? 0),
  }
}

/** A line ends where its connection did, and goes on with the next. */
function linePath({ points }: Series, plane: Plane): string {
  let path = ''
  let isDown = false
  for (const { at, value } of points) {
    if (value !== null) path += `${isDown ? 'L' : 'M'}${plane.x(at)} ${plane.y(value)}`
    isDown = value !== null
  }
  return path
}

/** The round trip with the page's own start in it: hollow, at the top edge where it would be above it, with its value. */
function WarmUpMark({ at, ms, connection, plane }: ChartPicture['warmUps'][number] & { plane: Plane }) {
  const x = plane.x(at)
  if (x < plane.left) return null
  const y = Math.max(plane.top + 4, plane.y(ms))
  // Before it nothing was measured: its words are in the way of no line there.
  const isBefore = x - 116 > plane.left
  return (
    <g data-warm-up>
      <circle cx={x} cy={y} r={3} fill="none" stroke={seriesColor(connection)} strokeWidth={1.5} />
      <text x={x + (isBefore ? -8 : 8)} y={y + 4} textAnchor={isBefore ? 'end' : 'start'} {...axisText}>
        {`warm-up ${formatMs(ms)}`}
      </text>
    </g>
  )
}

function MarkLine({ mark, side, plane }: { mark: Mark; side: 'right' | 'left' | 'none'; plane: Plane }) {
  const x = plane.x(mark.at)
  const color = mark.isOrderly ? 'var(--color-soft)' : markColors[mark.kind]
  // A mark is found within its window; what was due before it is marked outside the chart.
  if (x < plane.left) return null
  return (
    <g data-mark={mark.kind}>
      <path
        d={`M${x} ${plane.top}v${plane.height}`}
        stroke={color}
        strokeDasharray={mark.kind === 'close' ? undefined : '3 3'}
      />
      {side !== 'none' && (
        <text
          x={side === 'right' ? x + 5 : x - 5}
          y={plane.top + 13}
          textAnchor={side === 'right' ? 'start' : 'end'}
          fontSize={11}
          fill={color}
        >
          {mark.label}
        </text>
      )}
    </g>
  )
}

function Spans({ picture, plane }: { picture: ChartPicture; plane: Plane }) {
  return picture.spans.map((span) => {
    const from = Math.max(plane.left, plane.x(span.fromAt))
    return (
      <g key={`${span.label} ${span.fromAt}`}>
        <rect
          x={from}
          y={plane.top}
          width={Math.max(1, plane.x(span.toAt) - from)}
          height={plane.height}
          fill="var(--color-soft)"
          fillOpacity={0.12}
        />
        <text x={from + 5} y={plane.top + 13} {...axisText}>
          {span.label}
        </text>
      </g>
    )
  })
}

function tenth(px: number): number {
  return Math.round(px * 10) / 10
}
