/**
 * A walk through a scenario: five steps, each with its state. Pure: what runs a step tells how it ended, and the
 * walk says what may be done next.
 */

export const stepIds = ['reproduce', 'observe', 'diagnose', 'fix', 'verify'] as const

export type StepId = (typeof stepIds)[number]

export type StepState = 'waiting' | 'running' | 'seen' | 'failed' | 'skipped'

export type Walk = Readonly<Record<StepId, StepState>>

export type WalkEvent =
  | { type: 'run'; step: StepId }
  /** What should be seen was seen. */
  | { type: 'seen'; step: StepId }
  | { type: 'failed'; step: StepId }
  | { type: 'skip'; step: StepId }
  | { type: 'start-over' }

export const freshWalk: Walk = {
  reproduce: 'waiting',
  observe: 'waiting',
  diagnose: 'waiting',
  fix: 'waiting',
  verify: 'waiting',
}

/** Watching goes on with what the step before began: there is nothing to see without it. */
const watches: Partial<Record<StepId, StepId>> = { observe: 'reproduce', verify: 'fix' }
const watchedBy: Partial<Record<StepId, StepId>> = { reproduce: 'observe', fix: 'verify' }

/** The same walk where the event does not apply to its state: an outcome that comes late changes nothing. */
export function advance(walk: Walk, event: WalkEvent): Walk {
  switch (event.type) {
    case 'run':
      return canRun(walk, event.step) ? run(walk, event.step) : walk
    case 'seen': {
      if (walk[event.step] !== 'running') return walk
      const next = watchedBy[event.step]
      return { ...walk, [event.step]: 'seen', ...(next && { [next]: 'running' }) }
    }
    case 'failed':
      return walk[event.step] === 'running' ? { ...walk, [event.step]: 'failed' } : walk
    case 'skip':
      return canSkip(walk, event.step) ? skip(walk, event.step) : walk
    case 'start-over':
      return freshWalk
  }
}

/** Every step before is done with. To watch again is to begin again with what is watched. */
export function canRun(walk: Walk, step: StepId): boolean {
  if (watches[step] !== undefined) return false
  return before(step).every((earlier) => walk[earlier] === 'seen' || walk[earlier] === 'skipped')
}

export function canSkip(walk: Walk, step: StepId): boolean {
  return step === currentStep(walk) && walk[step] !== 'seen' && walk[step] !== 'skipped'
}

/** The step that is to be done: the first that is neither seen nor skipped, null when all are. */
export function currentStep(walk: Walk): StepId | null {
  return stepIds.find((step) => walk[step] !== 'seen' && walk[step] !== 'skipped') ?? null
}

/** How many steps are behind. */
export const stepsDone = (walk: Walk): number =>
  stepIds.filter((step) => walk[step] === 'seen' || walk[step] === 'skipped').length

/** The step that begins what this one watches; itself where it watches nothing. */
export const beginningOf = (step: StepId): StepId => watches[step] ?? step

function run(walk: Walk, step: StepId): Walk {
  const later = stepIds.slice(stepIds.indexOf(step) + 1)
  // What came after was about what is now run anew.
  return { ...walk, [step]: 'running', ...Object.fromEntries(later.map((id) => [id, 'waiting'])) }
}

function skip(walk: Walk, step: StepId): Walk {
  const watcher = watchedBy[step]
  return { ...walk, [step]: 'skipped', ...(watcher && { [watcher]: 'skipped' }) }
}

const before = (step: StepId): readonly StepId[] => stepIds.slice(0, stepIds.indexOf(step))

const letters = { waiting: 'w', running: 'w', seen: 's', failed: 'f', skipped: 'k' } satisfies Record<
  StepState,
  string
>
const states: Readonly<Record<string, StepState>> = { w: 'waiting', s: 'seen', f: 'failed', k: 'skipped' }

/** The walk as five letters for an address. What is running is waiting for whoever opens the address. */
export const encodeWalk = (walk: Walk): string => stepIds.map((step) => letters[walk[step]]).join('')

/** Null for any text that no walk can have. */
export function decodeWalk(text: string): Walk | null {
  if (!/^[wsfk]{5}$/.test(text)) return null
  const walk = Object.fromEntries(stepIds.map((step, at) => [step, states[text[at] ?? 'w']])) as Walk
  return isPossible(walk) ? walk : null
}

/** Nothing is done behind a step that is still to be done, and nothing is watched that was not begun. */
function isPossible(walk: Walk): boolean {
  const current = currentStep(walk)
  if (current === null) return watchedWhatBegan(walk)
  const later = stepIds.slice(stepIds.indexOf(current) + 1)
  return later.every((step) => walk[step] === 'waiting') && watchedWhatBegan(walk)
}

function watchedWhatBegan(walk: Walk): boolean {
  return Object.entries(watches).every(
    ([watcher, begun]) => walk[watcher as StepId] !== 'seen' || walk[begun] === 'seen',
  )
}
