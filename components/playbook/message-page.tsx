import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Phrase, Program } from '#lib/words/phrase.ts'
import { CauseLink } from './cause-link.tsx'
import { Trail } from './trail.tsx'

const MOST_CAUSES = 8

/** One sentence of one program: what it means, and the causes that fit where nothing else is known. */
export function MessagePage({ program, phrase }: { program: Program; phrase: Phrase }) {
  const { verdicts } = readAndJudge({ text: phrase.example }).report
  return (
    <article className="mx-auto flex max-w-[76ch] flex-col gap-4" aria-labelledby="title">
      <header>
        <Trail
          steps={[
            { href: '/playbook', label: 'Playbook' },
            { href: '/playbook/messages', label: 'Messages' },
            { href: `/playbook/messages#${program.id}`, label: program.name },
          ]}
        />
        <h1 id="title" className="figures text-lead font-semibold break-words">
          {phrase.example}
        </h1>
      </header>
      <p className="text-lead">{phrase.explains}</p>
      <Panel title="Causes that fit" note="where only this message is known">
        {verdicts.length === 0 ? (
          <p className="px-3.5 py-3 text-soft">
            None yet. Paste the lines around it into Diagnose: they say what happened before.
          </p>
        ) : (
          <ul>
            {verdicts.slice(0, MOST_CAUSES).map(({ cause, certainty }) => (
              <li key={cause} className="flex gap-3 border-line px-3.5 py-2 not-first:border-t">
                <CauseLink id={cause} />
                <span className="ml-auto text-faint">{certainty}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <p className="flex flex-wrap items-center gap-2">
        <Link href="/diagnose" className={buttonClass('plain', 'medium')}>
          Diagnose yours
        </Link>
        <CopyButton text={phrase.example} what="The message" label="Copy message" />
        <a href={phrase.source} className="text-faint underline underline-offset-2 hover:text-link">
          Where {program.name} says it
        </a>
      </p>
    </article>
  )
}
