import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Phrase, Program } from '#lib/words/phrase.ts'
import { phrasePath, readSentence } from '#lib/words/phrasebook.ts'
import { programs } from '#lib/words/programs.ts'
import { Trail } from './trail.tsx'

const total = programs.reduce((sum, { phrases }) => sum + phrases.length, 0)

const browsers: ReadonlySet<string> = new Set(['chromium', 'firefox', 'safari'])

const groups: readonly { title: string; has: (program: Program) => boolean }[] = [
  { title: 'Browsers', has: ({ id }) => browsers.has(id) },
  { title: 'Clients', has: ({ id, side }) => side === 'client' && !browsers.has(id) },
  { title: 'Servers', has: ({ side }) => side === 'server' },
  { title: 'Proxies and gateways', has: ({ side }) => side === 'proxy' },
  { title: 'At both ends', has: ({ side }) => side === undefined },
]

/** Every sentence of the phrasebook, by program; a search finds by words, or by a whole line as it was printed. */
export function MessagesPage({ query }: { query: string }) {
  const words = query.trim()
  const read = words === '' ? undefined : readSentence(words)
  const found = programs
    .map((program) => ({
      program,
      phrases: program.phrases.filter((phrase) => fits(program, phrase, words)),
    }))
    .filter(({ phrases }) => phrases.length > 0)
  return (
    <div className="mx-auto flex max-w-[75rem] flex-col gap-4 broad:max-w-[100rem]">
      <header>
        <Trail steps={[{ href: '/playbook', label: 'Playbook' }]} />
        <h1 className="text-title font-semibold">Messages</h1>
        <p className="text-soft">
          What {programs.length} browsers, libraries, servers and tools print about WebSockets, and what it
          means.
        </p>
      </header>
      <search>
        <form method="get" className="flex gap-2">
          <Field
            label="Message"
            name="q"
            defaultValue={query}
            placeholder="a word, or the whole line"
            boxClassName="flex-1"
            data-filter=""
          />
          <Button type="submit" className="h-[2.125rem] pointer-coarse:h-11">
            Search
          </Button>
        </form>
      </search>
      {read?.program && read.phrase && (
        <Panel title="Best match" note={read.program.name}>
          <PhraseRow program={read.program} phrase={read.phrase} />
        </Panel>
      )}
      {words !== '' && (
        <p role="status" className="text-soft">
          {countOf(found.reduce((sum, { phrases }) => sum + phrases.length, 0))}
        </p>
      )}
      {groups.map(({ title, has }) => {
        const ofGroup = found.filter(({ program }) => has(program))
        if (ofGroup.length === 0) return null
        return (
          <section key={title} aria-label={title} className="flex flex-col gap-2">
            <h2 className="text-lead font-semibold">
              {title} <span className="font-normal text-faint">{ofGroup.length}</span>
            </h2>
            <div className="grid grid-flow-dense gap-2 sm:grid-cols-2 lg:grid-cols-3 broad:grid-cols-4">
              {ofGroup.map(({ program, phrases }) => (
                <ProgramPhrases key={program.id} program={program} phrases={phrases} isOpen={words !== ''} />
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}

/** One program, as wide as a third of the page until it is unfolded. A link to its id unfolds it. */
function ProgramPhrases({
  program,
  phrases,
  isOpen,
}: {
  program: Program
  phrases: readonly Phrase[]
  isOpen: boolean
}) {
  return (
    <details open={isOpen} className="min-w-0 rounded-box border border-line bg-panel open:col-span-full">
      <summary className="mr-3.5 ml-7 -indent-4 py-2.5 hover:text-link">
        <h3 className="inline font-medium wrap-anywhere">{program.name}</h3>{' '}
        <span className="text-faint">{phrases.length}</span>
      </summary>
      <ul id={program.id} className="scroll-mt-14 border-t border-line">
        {phrases.map((phrase) => (
          <li key={phrase.id} className="border-line not-first:border-t">
            <PhraseRow program={program} phrase={phrase} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function PhraseRow({ program, phrase }: { program: Program; phrase: Phrase }) {
  return (
    <div className="px-3.5 py-2.5">
      <Link
        href={phrasePath(program, phrase)}
        prefetch={false}
        className="figures wrap-anywhere text-link hover:underline"
      >
        {phrase.example}
      </Link>
      <p className="text-soft wrap-anywhere">{phrase.explains}</p>
    </div>
  )
}

/** All words of the search, in any order. */
function fits(program: Program, phrase: Phrase, words: string): boolean {
  const text = `${program.name} ${phrase.example} ${phrase.explains}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const countOf = (count: number): string =>
  count === 0
    ? 'No message has all of these words. Paste the whole line into Diagnose.'
    : `${count} of ${total} messages`
