import { Panel } from '#components/ui/panel.tsx'
import { type Symptom, symptoms } from '#lib/playbook/matrix.ts'
import { scenarioOfSymptom } from '#lib/scenarios/catalogue.ts'
import { CauseLink } from './cause-link.tsx'
import { InlineText } from './inline-text.tsx'
import { ScenarioLink } from './scenario-link.tsx'

/** The eight symptoms, each with what makes it happen, its causes, and what is wrongly said of it. */
export function SymptomTable() {
  return (
    <Panel title="Symptoms and causes" note="the likeliest first">
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
