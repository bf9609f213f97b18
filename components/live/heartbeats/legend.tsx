import { cx } from '#components/ui/cx.ts'
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
        <li
          key={series.key}
          className={cx(
            'flex items-center gap-2 whitespace-nowrap',
            // Alone there are two: the long name gives way before the short one is cut.
            alone && (series.by === 'server' ? 'shrink-0' : 'min-w-0'),
          )}
        >
          <svg width="14" height="2" aria-hidden="true" className="shrink-0">
            <path
              d="M0 1h14"
              stroke={seriesColor(series.connection)}
              strokeWidth="2"
              strokeDasharray={series.by === 'server' ? '3 2' : undefined}
            />
          </svg>
          <span className="truncate">{nameOf(series)}</span>
        </li>
      ))}
      {picture.series.length === 0 && (
        <li className="text-faint">No round trip measured in this window yet.</li>
      )}
    </ul>
  )
}

/** The server's line follows the page's of the same connection, so that it needs no name of its own. */
function nameOf({ label, by }: Series): string {
  if (by === 'server') return 'by the server'
  return `${label.split('?', 1)[0]}, by the page`
}
