/** Every guided scenario, in the order in which people should take them. */

import idleTimeout from '#lib/scenarios/idle-timeout.ts'
import intermittent from '#lib/scenarios/intermittent.ts'
import mixedContent from '#lib/scenarios/mixed-content.ts'
import neverEstablishes from '#lib/scenarios/never-establishes.ts'
import noMessages from '#lib/scenarios/no-messages.ts'
import origin from '#lib/scenarios/origin.ts'
import randomDrops from '#lib/scenarios/random-drops.ts'
import type { Scenario } from '#lib/scenarios/scenario.ts'
import upgradeHeaders from '#lib/scenarios/upgrade-headers.ts'

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
