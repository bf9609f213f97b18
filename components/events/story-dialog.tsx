'use client'
import { useEffect, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { problemOf } from '#components/api/problem.ts'
import { Badge, toneText } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatClock, formatDate, formatSeconds } from '#components/ui/format.ts'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { Problem } from '#lib/api/problem.ts'
import { ageWords, type ConnectionRow, silenceWords, whoWords } from './connection-row.ts'
import { type LogPart, type Story, type StoryStart, type Teller, tellStory } from './story.ts'

interface Props {
  start: StoryStart
  /** As the list has it; null where only the address named it. */
  row: ConnectionRow | null
  /** What the imported logs say of it; null where nothing was imported. */
  findLines: (() => Promise<LogPart>) | null
  onClose: () => void
}

const tellers = { browser: 'Browser', proxy: 'Proxy', server: 'Server' } satisfies Record<Teller, string>

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'done'; readonly story: Story }

/** One connection's whole story: everybody's lines in the order of their times, and what could not be joined. */
export function StoryDialog({ start, row, findLines, onClose }: Props) {
  const state = useStory(start, findLines)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={row === null || row.path === '' ? 'One connection' : `One connection to ${row.path}`}
      description={row === null ? undefined : <Summary row={row} />}
      className="w-[980px]"
    >
      {state.status === 'loading' && <Skeleton lines={8} />}
      {state.status === 'failed' && <FailedRequest problem={state.problem} />}
      {state.status === 'done' && <Whole story={state.story} />}
    </Dialog>
  )
}

function Summary({ row }: { row: ConnectionRow }) {
  return (
    <span className="figures">
      {row.atMs !== null && `${formatDate(row.atMs)}, `}
      {ageWords(row)}, silent {silenceWords(row)}, code {row.code ?? '–'}, {whoWords(row)}
    </span>
  )
}

function useStory(start: StoryStart, findLines: Props['findLines']): State {
  const [state, setState] = useState<State>({ status: 'loading' })
  const { clientId, trace, atMs } = start
  // biome-ignore lint/correctness/useExhaustiveDependencies: of one connection, the story is asked for once
  useEffect(() => {
    const stop = new AbortController()
    const tell = async () => {
      const logs = (await findLines?.()) ?? null
      return tellStory({ clientId, trace, atMs }, logs, stop.signal)
    }
    tell().then(
      (story) => stop.signal.aborted || setState({ status: 'done', story }),
      (error) => stop.signal.aborted || setState({ status: 'failed', problem: problemOf(error) }),
    )
    return () => stop.abort()
  }, [clientId, trace, atMs])
  return state
}

function Whole({ story: { told, joined, missing } }: { story: Story }) {
  const first = told.find(({ atMs }) => atMs !== null)?.atMs ?? null
  const asText = () =>
    told
      .map(
        ({ by, atMs, word, text }) =>
          `${atMs === null ? '-' : new Date(atMs).toISOString()} ${by} ${word} ${text}`,
      )
      .join('\n')
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {Object.entries(tellers).map(([teller, name]) => {
          const by = joined[teller as Teller]
          return (
            <Badge key={teller} tone={by === null ? 'unknown' : 'alive'}>
              {by === null ? `${name}: nothing` : `${name}: by ${by}`}
            </Badge>
          )
        })}
        {told.length > 0 && (
          <span className="ml-auto">
            <CopyButton text={asText} what="Story" />
          </span>
        )}
      </div>
      {told.length === 0 ? (
        <Empty>Nothing is kept of this connection any more.</Empty>
      ) : (
        <ol aria-label="Story" className="figures flex flex-col rounded-box border border-line py-1.5">
          {told.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the story does not change
            <li key={index} className="flex gap-3 px-3 py-px max-md:flex-col max-md:gap-0 max-md:py-1">
              <span className="flex shrink-0 gap-x-3 max-md:flex-wrap">
                <span className="text-faint">
                  {line.atMs === null ? '–'.padEnd(12) : formatClock(line.atMs)}
                </span>
                <span className="w-[9ch] text-right text-faint">
                  {line.atMs === null || first === null ? '' : `+${formatSeconds(line.atMs - first)}`}
                </span>
                <span className="w-[7ch] text-soft">{line.by}</span>
                <span className={cx('w-[12ch]', line.tone === 'plain' ? 'text-soft' : toneText[line.tone])}>
                  {line.word}
                </span>
              </span>
              <span className="min-w-0 flex-1 wrap-anywhere">
                {line.text}
                {line.from !== undefined && <span className="text-faint"> {line.from}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
      {missing.length > 0 && (
        <section>
          <h3 className="font-semibold">Not joined</h3>
          <ul className="list-disc pl-4 text-soft marker:text-faint">
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
