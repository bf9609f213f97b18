/** Every check of a running server from outside, in the order in which they are told. */
import { contractChecks } from '#server/checklist/outside/contract-checks.ts'
import { deploymentChecks } from '#server/checklist/outside/deployment-checks.ts'
import { eventChecks } from '#server/checklist/outside/event-checks.ts'
import { heartbeatChecks } from '#server/checklist/outside/heartbeat-checks.ts'
import type { OutsideCheck } from '#server/checklist/outside/target.ts'

export const outsideChecks: readonly OutsideCheck[] = [
  ...contractChecks,
  ...heartbeatChecks,
  ...eventChecks,
  ...deploymentChecks,
]
