import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import { phrasePath } from '#lib/words/phrasebook.ts'
import { type Found, type Message, searchPlaybook } from './search.ts'

/** As many of a kind as are looked through; whoever has more adds a word. */
const most = 12

/** What was found for the words of a search, the surest kind first. */
export function SearchResults({ query }: { query: string }) {
  const found = searchPlaybook(query)
  return (
    <>
      <p role="status" className="text-soft">
        {countOf(found)}
      </p>
      {countAll(found) === 0 && (
        <Panel title="No match">
          <Empty
            action={
              <Link href="/diagnose" className={buttonClass('plain', 'large')}>
                Diagnose it
              </Link>
            }
          >
            Nothing here has all of these words. Diagnose reads whole messages, logs and configurations.
          </Empty>
        </Panel>
      )}
      {found.match !== null && (
        <Kind title="Best match" note={found.match.program.name}>
          <MessageRow {...found.match} />
        </Kind>
      )}
      <Causes causes={found.causes} />
      <Codes codes={found.codes} privateCodes={found.privateCodes} />
      <Messages query={query} messages={found.messages} />
    </>
  )
}

function Causes({ causes }: Pick<Found, 'causes'>) {
  if (causes.length === 0) return null
  return (
    <Kind title="Causes" note={causes.length}>
      {causes.slice(0, most).map(({ id, title, symptom }) => (
        <Row key={id} href={`/playbook/${id}`} name={title} says={symptom} />
      ))}
    </Kind>
  )
}

function Codes({ codes, privateCodes }: Pick<Found, 'codes' | 'privateCodes'>) {
  if (codes.length + privateCodes.length === 0) return null
  return (
    <Kind title="Close codes" note={codes.length + privateCodes.length}>
      {codes.slice(0, most).map(({ code, name, meaning }) => (
        <Row key={code} href={`/playbook/codes#${code}`} name={`${code} ${name}`} says={meaning} />
      ))}
      {privateCodes.slice(0, most).map(({ from, to, by, says }) => (
        <Row
          key={`${by} ${from} ${says}`}
          href="/playbook/codes"
          name={from === to ? String(from) : `${from}–${to}`}
          says={says}
          badge={by}
        />
      ))}
    </Kind>
  )
}

function Messages({ query, messages }: { query: string; messages: readonly Message[] }) {
  if (messages.length === 0) return null
  return (
    <Kind title="Messages" note={messages.length}>
      {messages.slice(0, most).map((message) => (
        <MessageRow key={phrasePath(message.program, message.phrase)} {...message} />
      ))}
      {messages.length > most && (
        <li className="border-t border-line px-3.5 py-2.5">
          <Link
            href={`/playbook/messages?q=${encodeURIComponent(query)}`}
            prefetch={false}
            className="text-link hover:underline"
          >
            All {messages.length} messages
          </Link>
        </li>
      )}
    </Kind>
  )
}

function Kind({ title, note, children }: { title: string; note: ReactNode; children: ReactNode }) {
  return (
    <Panel title={title} note={note}>
      <ul>{children}</ul>
    </Panel>
  )
}

function MessageRow({ program, phrase }: Message) {
  return (
    <Row
      href={phrasePath(program, phrase)}
      name={<code className="wrap-anywhere">{phrase.example}</code>}
      says={phrase.explains}
      badge={program.name}
    />
  )
}

interface RowProps {
  href: string
  name: ReactNode
  says: string
  /** Whose it is. */
  badge?: string
}

function Row({ href, name, says, badge }: RowProps) {
  return (
    <li className="border-line not-first:border-t">
      <Link href={href} prefetch={false} className="group block px-3.5 py-2 hover:bg-raised">
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="min-w-0 font-medium group-hover:text-link">{name}</span>
          {badge !== undefined && <Badge tone="unknown">{badge}</Badge>}
        </span>
        <span className="block text-soft wrap-anywhere">{says}</span>
      </Link>
    </li>
  )
}

const countAll = ({ match, causes, codes, privateCodes, messages }: Found): number =>
  (match === null ? 0 : 1) + causes.length + codes.length + privateCodes.length + messages.length

function countOf({ causes, codes, privateCodes, messages }: Found): string {
  const counts = [
    plural(causes.length, 'cause'),
    plural(codes.length + privateCodes.length, 'close code'),
    plural(messages.length, 'message'),
  ]
  return counts.join(', ')
}
