import Link from 'next/link'
import type { ReactNode } from 'react'
import { FixStacks } from '#components/fix/fix-stacks.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { observationWords } from '#lib/diagnosis/observations.ts'
import { furtherReading, generalFix } from '#lib/playbook/article.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { type Symptom, symptoms } from '#lib/playbook/matrix.ts'
import { scenarioPath, scenarios } from '#lib/scenarios/catalogue.ts'
import { InlineText } from './inline-text.tsx'
import { checkOfStage, stageNames } from './stage-names.ts'
import { Trail } from './trail.tsx'

/** Everything there is to know of one cause; the fix reads as it does where no evidence is at hand. */
export function CauseArticle({ cause }: { cause: Cause }) {
  const { id, stage, title, symptom, explain, needs } = cause
  const fix = generalFix(cause)
  const seenAs = symptoms.filter(({ causes }) => causes.includes(id))
  const scenario = scenarios.find(({ diagnose }) => diagnose.cause === id)
  return (
    <article className="mx-auto max-w-[76ch] wide:max-w-[77.5rem]" aria-labelledby="title">
      <Trail
        steps={[
          { href: '/playbook', label: 'Playbook' },
          { href: `/playbook#${stage}`, label: stageNames[stage].title },
        ]}
      />
      <h1 id="title" className="text-title font-semibold">
        {title}
      </h1>
      <p className="figures text-faint">{id}</p>
      <p className="mt-3 text-lead">
        <InlineText>{symptom}</InlineText>
      </p>
      {seenAs.length > 0 && <SymptomLinks symptoms={seenAs} />}
      {scenario && (
        <p className="mt-3">
          <Link href={scenarioPath(scenario)} prefetch={false} className={buttonClass('plain', 'medium')}>
            Reproduce it: {scenario.title}
          </Link>
        </p>
      )}
      <div className="items-start gap-x-10 wide:grid wide:grid-cols-2">
        <div className="min-w-0">
          <Part title="What happens on the wire" text={explain.wire} />
          <Part title="Why the browser says so little" text={explain.browser} />
          <Part title="How to confirm" text={explain.sure}>
            <p className="mt-2 text-lead text-soft">
              The{' '}
              <Link
                href={`/playbook/checklist#check-${checkOfStage[stage]}`}
                prefetch={false}
                className="text-link underline underline-offset-2"
              >
                checklist
              </Link>{' '}
              checks it for your URL, and has the commands to check it yourself.
            </p>
          </Part>
        </div>
        <div className="min-w-0">
          <Part title="Fix" text={fix.summary}>
            <div className="mt-3 overflow-hidden rounded-box border border-line bg-panel *:first:border-t-0">
              <FixStacks
                changes={fix.changes}
                check={
                  <Link href="/diagnose" prefetch={false} className={buttonClass('plain', 'medium')}>
                    Diagnose your URL
                  </Link>
                }
              />
            </div>
          </Part>
          <Part title="Evidence that proves it">
            <List>
              {needs.map((need) => (
                <li key={need}>{observationWords(need)}</li>
              ))}
            </List>
          </Part>
          <Part title="Sources">
            <List>
              {explain.sources.map((source) => (
                <li key={source.url}>
                  <a href={source.url} className="text-link hover:underline">
                    {source.title}
                  </a>
                </li>
              ))}
            </List>
          </Part>
          <Part title="Further reading">
            <List>
              {furtherReading
                .filter(({ url }) => !explain.sources.some((source) => source.url === url))
                .map(({ title: name, url }) => (
                  <li key={url}>
                    <a href={url} className="text-link hover:underline">
                      {name}
                    </a>
                  </li>
                ))}
            </List>
          </Part>
        </div>
      </div>
    </article>
  )
}

function Part({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <section className="mt-6">
      <h2 className="mb-1 text-lead font-semibold">{title}</h2>
      {text !== undefined && (
        <p className="text-lead text-soft [&_code]:text-body">
          <InlineText>{text}</InlineText>
        </p>
      )}
      {children}
    </section>
  )
}

function List({ children }: { children: ReactNode }) {
  return <ul className="list-disc pl-5 text-lead text-soft marker:text-faint">{children}</ul>
}

/** The rows of the matrix that a cause stands in. */
function SymptomLinks({ symptoms }: { symptoms: readonly Symptom[] }) {
  return (
    <ul aria-label="Often seen as" className="mt-2 flex flex-wrap gap-2">
      {symptoms.map(({ id, seen }) => (
        <li key={id}>
          <Link
            href={`/playbook#${id}`}
            prefetch={false}
            className="block rounded-pill border border-line bg-panel px-2.5 py-0.5 text-soft hover:border-edge hover:text-text"
          >
            {seen}
          </Link>
        </li>
      ))}
    </ul>
  )
}
