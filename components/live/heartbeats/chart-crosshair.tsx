'use client'
import type { PointerEvent } from 'react'
import { usePlotArea, useXAxisInverseScale, useXAxisScale, useYAxisScale } from 'recharts'
import { useStore } from 'zustand'
import { crosshair, pointAt } from '#components/core/view-state.ts'
import { seriesColor } from '#components/live/chart-connections.ts'
import { formatClock, formatMs } from '#components/ui/format.ts'
import { type ChartPicture, nearest } from './chart-data.ts'

const box = { width: 168, row: 16, pad: 8 }

/** The vertical line under the pointer, and what was measured there. Lies inside the chart's SVG. */
export function ChartCrosshair({ picture }: { picture: ChartPicture }) {
  const at = useStore(crosshair, (state) => state.at)
  const area = usePlotArea()
  const toX = useXAxisScale()
  const toTime = useXAxisInverseScale()
  const toY = useYAxisScale()
  if (area === undefined || toTime === undefined || toX === undefined || toY === undefined) return null

  const { fromAt, toAt } = picture.window
  const onPointerMove = (event: PointerEvent<SVGRectElement>) => {
    const svg = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    if (svg !== undefined) pointAt(toAt + Number(toTime(event.clientX - svg.left)))
  }
  const x = at === null ? null : (toX(at - toAt) ?? null)
  const found = at === null ? [] : readings(picture, at, (toAt - fromAt) / 40)
  const left = x === null ? 0 : x + 10 + box.width > area.x + area.width ? x - 10 - box.width : x + 10
  const within = at !== null && at >= fromAt && at <= toAt
  return (
    <g>
      {within && x !== null && (
        <g pointerEvents="none">
          <path d={`M${x} ${area.y}v${area.height}`} stroke="var(--color-faint)" />
          {found.map(({ series, point }) => (
            <circle
              key={series.key}
              cx={toX(point.at - toAt)}
              cy={toY(point.value)}
              r="3"
              fill={seriesColor(series.connection)}
            />
          ))}
          <g transform={`translate(${left} ${area.y + 6})`} className="figures">
            <rect
              width={box.width}
              height={box.pad * 2 + box.row * (found.length + 1)}
              rx="6"
              fill="var(--color-raised)"
              stroke="var(--color-edge)"
            />
            <text x={box.pad} y={box.pad + 11} fontSize="11" fill="var(--color-soft)">
              {formatClock(at)}
            </text>
            {found.map(({ series, point }, index) => (
              <g
                key={series.key}
                transform={`translate(0 ${box.pad + 11 + box.row * (index + 1)})`}
                fontSize="11"
              >
                <text x={box.pad} fill={seriesColor(series.connection)}>
                  {series.by}
                </text>
                <text x={box.width - box.pad} textAnchor="end" fill="var(--color-text)">
                  {formatMs(point.value)}
                </text>
              </g>
            ))}
          </g>
        </g>
      )}
      <rect
        x={area.x}
        y={area.y}
        width={area.width}
        height={area.height}
        fill="transparent"
        onPointerMove={onPointerMove}
        onPointerLeave={() => pointAt(null)}
      />
    </g>
  )
}

function readings(picture: ChartPicture, at: number, reachMs: number) {
  return picture.series.flatMap((series) => {
    const point = nearest(series.points, at, reachMs)
    return point === null ? [] : [{ series, point }]
  })
}
