import Link from 'next/link'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { PlaybookCommand } from '#lib/checklist/commands.ts'
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'
import { factWords } from './fact-words.ts'

const outcomes = {
  ok: { tone: 'alive', word: 'fine' },
  warning: { tone: 'waiting', word: 'warning' },
  problem: { tone: 'dead', word: 'problem' },
  unknown: { tone: 'unknown', word: 'not known' },
} satisfies Record<CheckOutcome, { tone: Tone; word: string }>

interface Props {
  item: ChecklistItem
  /** The commands on this page, to look oneself. */
  commands: readonly PlaybookCommand[]
}

/** One check: its outcome in a word, what was found, the figures behind it, and the way to look oneself. */
export function CheckRow({ item, commands }: Props) {
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
              <RowLink href={`/playbook/${cause}`}>How to mend it</RowLink>
            </>
          )}
        </p>
        <Facts facts={facts} />
        {own.length > 0 && (
          <p className="mt-1 text-faint">
            Look yourself:{' '}
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
