import { useNow } from '#components/core/use-now.ts'
import { Badge } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatAge, plural } from '#components/ui/format.ts'
import { Empty } from '#components/ui/panel-states.tsx'
import type { WatchSummary } from '#lib/api/watch.ts'
import { foreign } from '#lib/text/foreign.ts'
import { causeWords, shortUrl, states } from './watch-words.ts'

interface Props {
  watches: readonly WatchSummary[]
  selected: string | null
  onSelect: (id: string) => void
}

/** The list "Watches": one line of state and one of what happened last, for each. */
export function WatchRows({ watches, selected, onSelect }: Props) {
  if (watches.length === 0) {
    return <NoWatches />
  }
  return (
    <ul aria-label="Watches" className="py-1">
      {watches.map((watch) => (
        <li key={watch.id}>
          <button
            type="button"
            aria-pressed={watch.id === selected}
            onClick={() => onSelect(watch.id)}
            className={cx(
              'flex w-full flex-col gap-0.5 px-3.5 py-2 text-left hover:bg-raised pointer-coarse:min-h-11',
              watch.id === selected && 'bg-raised',
            )}
          >
            <span className="flex w-full items-center gap-2">
              <span className="figures min-w-0 flex-1 truncate">{foreign(shortUrl(watch.url), 200)}</span>
              <Badge tone={states[watch.state].tone}>{states[watch.state].word}</Badge>
            </span>
            <span className="flex w-full gap-2.5 text-soft">
              <span className="min-w-0 flex-1 truncate">{lastWords(watch)}</span>
              <Since watch={watch} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What there will be to see. */
const promises = [
  ['Each loss', 'Its cause, how sure that is, and a report to share.'],
  ['From 3 losses on', 'What they have in common: an idle time, an age, or a time of day.'],
  ['At once', 'A notification in this browser, or a POST to your own hook.'],
] as const

function NoWatches() {
  return (
    <>
      <Empty>Nothing is being watched. Enter a URL above.</Empty>
      <dl className="grid gap-px border-t border-line bg-line sm:grid-cols-3">
        {promises.map(([when, what]) => (
          <div key={when} className="bg-panel px-3.5 py-3">
            <dt className="font-medium">{when}</dt>
            <dd className="text-soft text-pretty">{what}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function lastWords({ lost, refused, last, problem }: WatchSummary): string {
  if (problem !== undefined) return problem
  if (last === undefined) return 'no loss so far'
  const counts = lost > 0 ? plural(lost, 'loss', 'losses') : `${plural(refused, 'failed attempt')}`
  return `${counts}, last: ${causeWords(last)}`
}

function Since({ watch: { since } }: { watch: WatchSummary }) {
  const now = useNow()
  return <span className="figures shrink-0">{formatAge(Math.max(0, now - since * 1000))}</span>
}
