/** Every guided scenario, in the order in which people should take them. */
import type { Scenario } from '#lib/playbook/scenario.ts'
import idleTimeout from '#lib/playbook/scenarios/idle-timeout.ts'
import intermittent from '#lib/playbook/scenarios/intermittent.ts'
import mixedContent from '#lib/playbook/scenarios/mixed-content.ts'
import neverEstablishes from '#lib/playbook/scenarios/never-establishes.ts'
import noMessages from '#lib/playbook/scenarios/no-messages.ts'
import origin from '#lib/playbook/scenarios/origin.ts'
import randomDrops from '#lib/playbook/scenarios/random-drops.ts'
import upgradeHeaders from '#lib/playbook/scenarios/upgrade-headers.ts'

export const scenarios: readonly Scenario[] = [
  idleTimeout,
  upgradeHeaders,
  mixedContent,
  origin,
  randomDrops,
  neverEstablishes,
  noMessages,
  intermittent,
]

export const scenarioOf = (id: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.id === id)

/** The scenario that makes a row of the matrix happen. */
export const scenarioOfSymptom = (symptomId: string): Scenario | undefined =>
  scenarios.find(({ symptom }) => symptom === symptomId)

/** Its page. */
export const scenarioPath = ({ id }: Pick<Scenario, 'id'>): string => `/playbook/scenarios/${id}`
