import Link from 'next/link'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { catalogue } from '#lib/playbook/catalogue.ts'
import type { Stage } from '#lib/playbook/cause.ts'
import { type Symptom, symptoms } from '#lib/playbook/matrix.ts'
import { scenarioOfSymptom } from '#lib/scenarios/catalogue.ts'
import { CauseLink } from './cause-link.tsx'
import { InlineText } from './inline-text.tsx'
import { ScenarioLink } from './scenario-link.tsx'
import { SearchResults } from './search-results.tsx'
import { stageNames, stages } from './stage-names.ts'

/** The playbook's front page: a search; from a symptom to its causes, then every cause by the stage where it strikes. */
export function PlaybookPage({ query }: { query: string }) {
  return (
    <div className="mx-auto flex max-w-[75rem] flex-col gap-4 broad:max-w-[100rem]">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-title font-semibold">Playbook</h1>
          <p className="text-soft">Why WebSocket connections fail, how to confirm it, and how to fix it.</p>
        </div>
        <nav aria-label="More of the playbook" className="flex gap-2">
          <Link href="/playbook/checklist" className={buttonClass('plain', 'medium')}>
            Checklist
          </Link>
          <Link href="/playbook/codes" className={buttonClass('plain', 'medium')}>
            Close codes
          </Link>
          <Link href="/playbook/messages" className={buttonClass('plain', 'medium')}>
            Messages
          </Link>
        </nav>
      </header>
      <search>
        <form method="get" className="flex gap-2">
          <Field
            label="Search"
            name="q"
            defaultValue={query}
            placeholder="a symptom, a close code, an HTTP status, or a line as it was printed"
            boxClassName="flex-1"
            data-filter=""
          />
          <Button type="submit" className="h-[2.125rem] pointer-coarse:h-11">
            Search
          </Button>
          {query.trim() !== '' && (
            <Link href="/playbook" className={cx(buttonClass('quiet', 'large'), 'pointer-coarse:h-11')}>
              Clear
            </Link>
          )}
        </form>
      </search>
      {query.trim() === '' ? <Everything /> : <SearchResults query={query} />}
    </div>
  )
}

function Everything() {
  return (
    <>
      <SymptomTable />
      <section aria-labelledby="every-cause">
        <h2 id="every-cause" className="mb-3 text-lead font-semibold">
          Every cause <span className="font-normal text-faint">{catalogue.length}, by stage</span>
        </h2>
        <div className="gap-3 md:columns-2 wide:columns-3 broad:columns-4">
          {stages.map((stage) => (
            <StagePanel key={stage} stage={stage} />
          ))}
        </div>
      </section>
    </>
  )
}

/** The causes of one stage, each with what a person sees. */
function StagePanel({ stage }: { stage: Stage }) {
  const { title, note } = stageNames[stage]
  return (
    <Panel title={title} note={note} id={stage} className="mb-3 break-inside-avoid scroll-mt-4">
      <ul className="py-1.5">
        {catalogue
          .filter((cause) => cause.stage === stage)
          .map((cause) => (
            <li key={cause.id}>
              <Link
                href={`/playbook/${cause.id}`}
                prefetch={false}
                className="group block px-3.5 py-1.5 hover:bg-raised"
              >
                <span className="font-medium group-hover:text-link">{cause.title}</span>
                <span className="block text-soft">{cause.symptom}</span>
              </Link>
            </li>
          ))}
      </ul>
    </Panel>
  )
}

/** The eight symptoms, each with what makes it happen, its causes, and what is wrongly said of it. */
function SymptomTable() {
  return (
    <Panel title="Symptoms and causes" note="most likely first">
      <table aria-label="Symptoms and causes" className="w-full border-collapse text-left">
        <thead className="sr-only">
          <tr>
            <th scope="col">Symptom</th>
            <th scope="col">Causes</th>
          </tr>
        </thead>
        <tbody>
          {symptoms.map((symptom) => (
            <Row key={symptom.id} symptom={symptom} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ symptom: { id, seen, causes, correction, source } }: { symptom: Symptom }) {
  const scenario = scenarioOfSymptom(id)
  return (
    <tr id={id} className="scroll-mt-4 border-line not-first:border-t target:bg-raised">
      <th scope="row" className="w-[30%] px-3.5 py-3 align-top font-medium md:w-64">
        {seen}
        {scenario && (
          <span className="mt-2 block">
            <ScenarioLink id={scenario.id} title={scenario.title} />
          </span>
        )}
      </th>
      <td className="py-3 pr-3.5 align-top">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 max-md:flex-col">
          {causes.map((cause) => (
            <li key={cause}>
              <CauseLink id={cause} />
            </li>
          ))}
        </ul>
        {correction !== undefined && (
          <p className="mt-2 max-w-[80ch] text-soft">
            <InlineText>{correction}</InlineText>{' '}
            {source !== undefined && (
              <a href={source.url} className="text-faint underline underline-offset-2 hover:text-link">
                {source.title}
              </a>
            )}
          </p>
        )}
      </td>
    </tr>
  )
}
