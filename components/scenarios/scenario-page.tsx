import { InlineText } from '#components/playbook/inline-text.tsx'
import { Trail } from '#components/playbook/trail.tsx'
import { symptoms } from '#lib/playbook/matrix.ts'
import type { Scenario } from '#lib/scenarios/scenario.ts'
import { ScenarioIsland } from './scenario-island.tsx'

/** A guided scenario: the story first, then the steps. */
export function ScenarioPage({ scenario: { id, title, story, symptom } }: { scenario: Scenario }) {
  const row = symptoms.find((each) => each.id === symptom)
  return (
    <div className="flex flex-col gap-2">
      <header>
        <Trail
          steps={[
            { href: '/playbook', label: 'Playbook' },
            ...(row ? [{ href: `/playbook#${row.id}`, label: row.seen }] : []),
          ]}
        />
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="mt-1 max-w-[96ch] text-lead text-soft max-sm:text-body">
          <InlineText>{story}</InlineText>
        </p>
      </header>
      <ScenarioIsland key={id} id={id} />
    </div>
  )
}
