import { History } from 'lucide-react'
import Link from 'next/link'
import { OutcomeBadge } from '#components/diagnose/report/outcome-badge.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatDate, formatDay, formatMs } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import type { ReportSummary } from '#lib/api/reports.ts'
import { answerOf } from '#lib/diagnosis/verdict-title.ts'
import { visible } from '#lib/text/foreign.ts'
import { historyPath } from './paths.ts'

/** The columns of the list; below 1280 px a row has two lines, on a phone three. */
export const columns = 'xl:grid-cols-[104px_minmax(0,5fr)_minmax(0,4fr)_84px_auto]'

const places = {
  outcome: 'flex min-w-0 items-baseline gap-1.5',
  url: 'figures min-w-0 truncate max-md:order-2 max-md:col-span-2',
  answer:
    'min-w-0 truncate text-soft max-md:order-3 max-md:col-span-2 md:max-xl:col-start-2 md:max-xl:row-start-2',
  watched: 'figures text-right text-faint max-md:hidden md:max-xl:col-start-3 md:max-xl:row-start-2',
  made: 'figures text-right text-faint max-md:order-1 md:max-xl:col-start-3 md:max-xl:row-start-1 xl:min-w-[104px]',
}

/** One report: its outcome, what it is about, its answer, how long it watched and when. Another link leads to all of its URL. */
export function ReportRow({ report }: { report: ReportSummary }) {
  const { id, url, created, imported, watched_ms: watched } = report
  return (
    <li className="flex items-stretch [contain-intrinsic-size:auto_36px] [content-visibility:auto] hover:bg-raised">
      <Link
        href={`/reports/${id}`}
        prefetch={false}
        className={cx(
          'grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 py-2 pl-3.5 md:max-xl:grid-cols-[104px_minmax(0,1fr)_auto] pointer-coarse:py-3',
          columns,
        )}
      >
        <span className={places.outcome}>
          <OutcomeBadge report={report} />
          {watched !== undefined && (
            <span className="figures truncate text-faint md:hidden">watched {formatMs(watched)}</span>
          )}
        </span>
        <span className={places.url}>{visible(url ?? 'no URL')}</span>
        <span className={places.answer}>
          {answerOf(report)}
          {imported && (
            <>
              {' '}
              <Badge tone="unknown">imported</Badge>
            </>
          )}
        </span>
        <span className={places.watched}>
          {watched !== undefined && (
            <>
              <span className="xl:sr-only">watched </span>
              {formatMs(watched)}
            </>
          )}
        </span>
        <time
          dateTime={new Date(created * 1000).toISOString()}
          title={formatDate(created * 1000)}
          className={places.made}
        >
          {formatDay(created * 1000)}
        </time>
      </Link>
      {url === undefined ? (
        <span className="w-11 shrink-0" />
      ) : (
        <Link
          href={historyPath(url)}
          prefetch={false}
          aria-label={`History of ${visible(url)}`}
          title="History of this URL"
          className="flex w-11 shrink-0 items-center justify-center text-faint hover:text-text"
        >
          <Icon of={History} />
        </Link>
      )}
    </li>
  )
}
