import type { ChartPicture, Series } from './chart-data.ts'
import { seriesColor } from './series-color.ts'

/** Which line is which: colour for the connection, a whole line for the page, a dashed one for the server. */
export function Legend({ picture }: { picture: ChartPicture }) {
  const alone = picture.series.every((series) => series.connection === 0)
  return (
    <ul
      aria-label="Lines"
      className="flex h-9 shrink-0 items-center gap-4 overflow-x-auto px-3.5 text-code text-soft"
    >
      {picture.series.map((series) => (
        <li key={series.key} className="flex items-center gap-2 whitespace-nowrap">
          <svg width="14" height="2" aria-hidden="true">
            <path
              d="M0 1h14"
              stroke={seriesColor(series.connection)}
              strokeWidth="2"
              strokeDasharray={series.by === 'server' ? '3 2' : undefined}
            />
          </svg>
          {nameOf(series, alone)}
        </li>
      ))}
      {picture.series.length === 0 && (
        <li className="text-faint">No round trip measured in this window yet.</li>
      )}
    </ul>
  )
}

/** The server's line follows the page's of the same connection, so that it needs no name of its own. */
function nameOf({ label, by }: Series, alone: boolean): string {
  if (by === 'server') return 'by the server'
  return `${label.split('?', 1)[0]}, ${alone ? 'measured by the page' : 'by the page'}`
}
