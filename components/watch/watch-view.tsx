'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { fetchWatches } from '#components/api/watches.ts'
import { NotifyOffer } from '#components/live/connections/notify-offer.tsx'
import { cx } from '#components/ui/cx.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import type { WatchSummary } from '#lib/api/watch.ts'
import { isProblem, useAsked } from './use-watches.ts'
import { WatchDetail } from './watch-detail.tsx'
import { WatchForm } from './watch-form.tsx'
import { WatchRows } from './watch-list.tsx'

const parameters = { id: parseAsString, url: parseAsString }

/** What the server watches: a form for more, the list, and the one that is looked at. */
export function WatchView() {
  const [{ id, url }, set] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const [list, again] = useAsked(fetchWatches)
  const watches = useOrder(list === null || isProblem(list) ? none : list.watches)
  const shown = id ?? watches[0]?.id ?? null
  return (
    <>
      <WatchForm
        initialUrl={url ?? ''}
        onWatched={(watch) => {
          void set({ id: watch.id, url: null })
          again()
        }}
      />
      <div
        className={cx(
          'grid items-start gap-3',
          shown !== null && 'lg:grid-cols-[minmax(17.5rem,25rem)_minmax(0,1fr)]',
        )}
      >
        <Panel
          title="Watches"
          note={list === null || isProblem(list) ? undefined : countWords(list)}
          actions={watches.length > 0 ? <NotifyOffer /> : undefined}
        >
          {list === null ? (
            <Skeleton lines={4} />
          ) : isProblem(list) ? (
            <FailedRequest problem={list} />
          ) : (
            <>
              {!list.kept && (
                <p className="px-3.5 pt-2.5 text-waiting">
                  This server keeps nothing in a file: its watches end when it stops.
                </p>
              )}
              <WatchRows watches={watches} selected={shown} onSelect={(chosen) => void set({ id: chosen })} />
            </>
          )}
        </Panel>
        {shown !== null && (
          <WatchDetail
            key={shown}
            id={shown}
            onChanged={(isGone) => {
              if (isGone) void set({ id: null })
              again()
            }}
          />
        )}
      </div>
    </>
  )
}

const none: readonly WatchSummary[] = []

/** Those that are down first, as they were when the list became another: a row that drops keeps its place under the pointer. */
function useOrder(watches: readonly WatchSummary[]): readonly WatchSummary[] {
  const key = watches
    .map(({ id }) => id)
    .toSorted()
    .join()
  const [order, setOrder] = useState({ key: '', ids: [] as readonly string[] })
  if (order.key !== key) {
    const sorted = watches.toSorted((a, b) => Number(b.state === 'down') - Number(a.state === 'down'))
    setOrder({ key, ids: sorted.map(({ id }) => id) })
  }
  return watches.toSorted((a, b) => order.ids.indexOf(a.id) - order.ids.indexOf(b.id))
}

function countWords({ watches, most }: { watches: readonly { state: string }[]; most: number }): string {
  return `${watches.filter(({ state }) => state !== 'stopped').length} of ${most}`
}
