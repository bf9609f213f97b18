'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { scenarioPath, scenarios } from '#lib/scenarios/catalogue.ts'
import { PaletteItem } from './palette-item.tsx'

/** The commands "Run scenario …": each leads to its page, where the first click begins. */
export function ScenarioGroup({ then }: { then: (act: () => void) => () => void }) {
  const router = useRouter()
  return (
    <Command.Group heading="Scenarios">
      {scenarios.map((scenario) => (
        <PaletteItem
          key={scenario.id}
          value={`run scenario ${scenario.title}`}
          onSelect={then(() => router.push(scenarioPath(scenario)))}
        >
          <span className="shrink-0">Run scenario</span>
          <span className="truncate">{scenario.title}</span>
        </PaletteItem>
      ))}
    </Command.Group>
  )
}
