'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { fetchWatches } from '#components/api/watches.ts'
import { NotifyOffer } from '#components/live/connections/notify-offer.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { isProblem, useAsked } from './use-watches.ts'
import { WatchDetail } from './watch-detail.tsx'
import { WatchForm } from './watch-form.tsx'
import { WatchRows } from './watch-list.tsx'

const parameters = { id: parseAsString, url: parseAsString }

/** What the server watches: a form for more, the list, and the one that is looked at. */
export function WatchView() {
  const [{ id, url }, set] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const [list, again] = useAsked(fetchWatches)
  const watches =
    list === null || isProblem(list)
      ? []
      : list.watches.toSorted((a, b) => Number(b.state === 'down') - Number(a.state === 'down'))
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
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(280px,400px)_minmax(0,1fr)]">
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

function countWords({ watches, most }: { watches: readonly { state: string }[]; most: number }): string {
  return `${watches.filter(({ state }) => state !== 'stopped').length} of ${most}`
}
