import Link from 'next/link'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { CommandPart, PlaybookCommand } from '#lib/checklist/commands.ts'
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'
import { factWords } from './fact-words.ts'

/** How many checks a part has, for the room that they will take. */
const parts = {
  server: { title: 'Server', checks: 7 },
  proxy: { title: 'Proxy', checks: 1 },
  client: { title: 'Client', checks: 3 },
  network: { title: 'Network', checks: 5 },
} satisfies Record<CommandPart, { title: string; checks: number }>

export const partNames = Object.keys(parts) as CommandPart[]

interface Props {
  part: CommandPart
  /** Of every part; empty while the first answer is on its way. */
  items: readonly ChecklistItem[]
  commands: readonly PlaybookCommand[]
  isRunning: boolean
}

/** One part of the checklist: at the left what was found, at the right the commands to find it oneself. */
export function PartPanel({ part, items, commands, isRunning }: Props) {
  const { title, checks } = parts[part]
  const own = items.filter((item) => item.part === part)
  const fine = own.filter(({ outcome }) => outcome === 'ok').length
  return (
    <Panel title={title} id={part} note={own.length > 0 && `${fine} of ${own.length} fine`}>
      <div className="grid lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        {own.length === 0 && isRunning && <Skeleton lines={checks * 3} />}
        {own.length === 0 && !isRunning && <Empty>Not checked.</Empty>}
        {own.length > 0 && (
          <ul aria-label={`${title}: checks`} aria-busy={isRunning} className={isRunning ? 'opacity-60' : ''}>
            {own.map((item) => (
              <CheckRow key={item.id} item={item} commands={commands} />
            ))}
          </ul>
        )}
        <ul aria-label={`${title}: commands`} className="border-line max-lg:border-t lg:border-l">
          {commands
            .filter((command) => command.part === part)
            .map((command) => (
              <CommandBlock key={command.id} command={command} />
            ))}
        </ul>
      </div>
    </Panel>
  )
}

/** One command, filled in for the URL at hand, with what a good answer looks like. */
function CommandBlock({ command: { id, title, says, text, isTried } }: { command: PlaybookCommand }) {
  return (
    <li
      id={`command-${id}`}
      className="scroll-mt-20 border-line px-3.5 py-3 not-first:border-t target:bg-raised"
    >
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 font-medium">{title}</h3>
        {!isTried && <Badge tone="unknown">not tried</Badge>}
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

const outcomes = {
  ok: { tone: 'alive', word: 'fine' },
  warning: { tone: 'waiting', word: 'warning' },
  problem: { tone: 'dead', word: 'problem' },
  unknown: { tone: 'unknown', word: 'not known' },
} satisfies Record<CheckOutcome, { tone: Tone; word: string }>

interface RowProps {
  item: ChecklistItem
  /** The commands on this page, to look oneself. */
  commands: readonly PlaybookCommand[]
}

/** One check: its outcome in a word, what was found, the figures behind it, and the way to look oneself. */
function CheckRow({ item, commands }: RowProps) {
  const { tone, word } = outcomes[item.outcome]
  const { cause, ...facts } = item.facts
  const own = commands.filter(({ id }) => item.commands.includes(id))
  return (
    <li className="grid gap-y-1.5 border-line sm:grid-cols-[86px_minmax(0,1fr)] px-3.5 py-3 not-first:border-t">
      <Badge tone={tone} className="justify-self-start">
        {word}
      </Badge>
      <div>
        <h3 className="font-medium">{item.title}</h3>
        <p className="text-soft">
          {item.says}
          {item.id === 'proxy-upgrade' && typeof facts.url === 'string' && (
            <>
              {' '}
              <RowLink href={`/diagnose?url=${encodeURIComponent(facts.url)}`}>Diagnose it</RowLink>
            </>
          )}
          {typeof cause === 'string' && (
            <>
              {' '}
              <RowLink href={`/playbook/${cause}`}>How to fix it</RowLink>
            </>
          )}
        </p>
        <Facts facts={facts} />
        {own.length > 0 && (
          <p className="mt-1 text-faint">
            Check by hand:{' '}
            {own.map(({ id, title }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <a href={`#command-${id}`} className="text-soft underline decoration-edge hover:text-link">
                  {title}
                </a>
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  )
}

function RowLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="text-link underline underline-offset-2">
      {children}
    </Link>
  )
}

function Facts({ facts }: { facts: ChecklistItem['facts'] }) {
  const entries = Object.entries(facts)
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
