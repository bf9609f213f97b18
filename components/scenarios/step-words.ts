import type { Tone } from '#components/ui/badge.tsx'
import type { StepId, StepState } from '#lib/scenarios/run/walkthrough.ts'

export const stepTitles = {
  reproduce: 'Reproduce',
  observe: 'Observe',
  diagnose: 'Diagnose',
  fix: 'Fix',
  verify: 'Verify',
} satisfies Record<StepId, string>

const words = {
  waiting: 'to do',
  running: 'running',
  seen: 'done',
  failed: 'unexpected',
  skipped: 'skipped',
} satisfies Record<StepState, string>

/** The state of a step in words. */
export const stateOfStep = (state: StepState): string => words[state]

export const stepTones = {
  waiting: 'unknown',
  running: 'waiting',
  seen: 'alive',
  failed: 'dead',
  skipped: 'unknown',
} satisfies Record<StepState, Tone>
