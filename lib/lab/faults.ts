/** Every fault of the lab, in the order in which people read them. The one place where they are listed. */
import type { Fault, KnobValues } from '#lib/lab/fault.ts'
import { answerFaults } from '#lib/lab/faults/answers.ts'
import { controlFaults } from '#lib/lab/faults/control.ts'
import { endFaults } from '#lib/lab/faults/ends.ts'
import { flowFaults } from '#lib/lab/faults/flows.ts'
import { frameFaults } from '#lib/lab/faults/frames.ts'
import { requestFaults } from '#lib/lab/faults/requests.ts'
import { upgradeFaults } from '#lib/lab/faults/upgrades.ts'
import { oneOf } from '#lib/lab/knob.ts'

export const faults = {
  ...endFaults,
  ...requestFaults,
  ...answerFaults,
  ...upgradeFaults,
  ...flowFaults,
  ...frameFaults,
  ...controlFaults,
} satisfies Record<string, Fault>

/**
 * Knobs that every fault has beside its own. `fixed=yes` puts the fault right under the same address: the hop passes
 * every byte on, as `pass-through` does, and a real proxy gets the configuration that it should have had. So "did the
 * fix work?" is asked of the URL that failed, with one word more.
 */
export const commonKnobs = {
  fixed: oneOf('Whether the fault is put right: the hop then passes every byte on', ['no', 'yes'], 'no'),
}

export type FaultId = keyof typeof faults

/** The knobs of one fault, each given or its default. */
export type KnobsOf<Id extends FaultId> = KnobValues<(typeof faults)[Id]['knobs']>

export const faultIds = Object.keys(faults) as readonly FaultId[]

export const isFaultId = (text: string): text is FaultId => Object.hasOwn(faults, text)

/** The definition of a fault whose id is only known at run time. */
export const faultOf = (id: FaultId): Fault => faults[id]
