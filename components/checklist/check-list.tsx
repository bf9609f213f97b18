import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'
import { type CheckId, type CheckSubject, checkIds, checkKinds } from '#lib/checklist/checks.ts'
import type { PlaybookCommand } from '#lib/checklist/commands.ts'
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'
import { USUAL_HOLD_SECONDS } from '#lib/protocol/hold.ts'
import { factWords } from './fact-words.ts'

/** What failed comes first, what could not be looked at last. */
const order = { problem: 0, warning: 1, ok: 2, unknown: 3 } satisfies Record<CheckOutcome, number>

interface Props {
  about: CheckSubject
  /** What was found; checks that have none were not run. */
  items: readonly ChecklistItem[]
  commands: readonly PlaybookCommand[]
  isRunning: boolean
}

/** The checks of one subject, failures first, each with the commands to look oneself. */
export function CheckList({ about, items, commands, isRunning }: Props) {
  const rows = checkIds
    .filter((id) => checkKinds[id].about === about)
    .map((id) => ({ id, item: items.find((item) => item.id === id) }))
    .toSorted((a, b) => order[a.item?.outcome ?? 'unknown'] - order[b.item?.outcome ?? 'unknown'])
  return (
    <ul
      aria-label="Checks"
      aria-busy={isRunning}
      className={cx('rounded-box border border-line bg-panel', isRunning && 'opacity-60')}
    >
      {rows.map(({ id, item }) => (
        <CheckRow key={id} id={id} item={item} commands={commands} />
      ))}
    </ul>
  )
}

const outcomes = {
  ok: { tone: 'alive', word: 'passed' },
  warning: { tone: 'waiting', word: 'warning' },
  problem: { tone: 'dead', word: 'failed' },
  unknown: { tone: 'unknown', word: 'not run' },
} satisfies Record<CheckOutcome, { tone: Tone; word: string }>

interface RowProps {
  id: CheckId
  item: ChecklistItem | undefined
  commands: readonly PlaybookCommand[]
}

/** One check: its outcome in a word, what was found, the figures behind it, and the commands, open where it failed. */
function CheckRow({ id, item, commands }: RowProps) {
  const { title, commands: own } = checkKinds[id]
  const outcome = item?.outcome ?? 'unknown'
  const { tone, word } = outcomes[outcome]
  const { cause, ...facts } = item?.facts ?? {}
  const byHand = own.flatMap((name) => commands.find((command) => command.id === name) ?? [])
  return (
    <li
      id={`check-${id}`}
      className="grid scroll-mt-4 gap-y-1.5 border-line px-3.5 py-3 not-first:border-t target:bg-raised sm:grid-cols-[5.375rem_minmax(0,1fr)]"
    >
      <Badge tone={tone} className="justify-self-start">
        {word}
      </Badge>
      <div className="min-w-0">
        <h2 className="font-medium">{title}</h2>
        {item !== undefined && (
          <p className="text-soft wrap-anywhere">
            {item.says}
            {id === 'proxy-upgrade' && typeof facts.url === 'string' && outcome !== 'ok' && (
              <>
                {' '}
                <RowLink href={diagnoseHref(facts.url)}>Diagnose it</RowLink>
              </>
            )}
            {id === 'stays-open' && typeof facts.url === 'string' && (
              <>
                {' '}
                <RowLink href={`${diagnoseHref(facts.url)}&hold=${USUAL_HOLD_SECONDS}`}>
                  Hold it for {USUAL_HOLD_SECONDS} s
                </RowLink>
              </>
            )}
            {typeof cause === 'string' && (
              <>
                {' '}
                <RowLink href={`/playbook/${cause}`}>How to fix it</RowLink>
              </>
            )}
          </p>
        )}
        <Facts facts={facts} />
        {byHand.length > 0 && (
          <details key={outcome} open={outcome === 'problem'} className="mt-1">
            <summary className="w-fit text-soft hover:text-text">
              Check it yourself: {byHand.map((command) => command.title).join(', ')}
            </summary>
            <ul className="gap-x-4 pt-2 lg:columns-2">
              {byHand.map((command) => (
                <CommandBlock key={command.id} command={command} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  )
}

const diagnoseHref = (url: string): string => `/diagnose?url=${encodeURIComponent(url)}`

/** One command, filled in for the URL at hand, with what a good answer looks like. */
function CommandBlock({ command: { id, title, says, text, isTried } }: { command: PlaybookCommand }) {
  return (
    <li id={`command-${id}`} className="min-w-0 break-inside-avoid pb-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 font-medium">{title}</h3>
        {!isTried && <Badge tone="unknown">untested</Badge>}
        <div className="ml-auto">
          <CopyButton text={text} what={title} name={`Copy ${title}`} />
        </div>
      </div>
      <pre className="figures mt-1.5 rounded-box border border-line bg-ground px-2.5 py-2 whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      <p className="mt-1.5 text-soft">{says}</p>
    </li>
  )
}

function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="text-link underline underline-offset-2">
      {children}
    </Link>
  )
}

function Facts({ facts }: { facts: ChecklistItem['facts'] }) {
  const entries = Object.entries(facts).filter(([key]) => key !== 'url')
  if (entries.length === 0) return null
  return (
    <dl className="figures mt-1 flex flex-wrap gap-x-4">
      {entries.map(([key, fact]) => {
        const { name, value } = factWords(key, fact)
        return (
          <div key={key} className="flex min-w-0 flex-wrap gap-x-2">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        )
      })}
    </dl>
  )
}
