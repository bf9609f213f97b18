/** Every fault of the lab, in the order in which people read them. The one place where they are listed. */
import type { Fault, KnobValues } from '#lib/lab/fault.ts'
import { answerFaults } from '#lib/lab/faults/answers.ts'
import { controlFaults } from '#lib/lab/faults/control.ts'
import { endFaults } from '#lib/lab/faults/ends.ts'
import { flowFaults } from '#lib/lab/faults/flows.ts'
import { frameFaults } from '#lib/lab/faults/frames.ts'
import { requestFaults } from '#lib/lab/faults/requests.ts'
import { upgradeFaults } from '#lib/lab/faults/upgrades.ts'

export const faults = {
  ...endFaults,
  ...requestFaults,
  ...answerFaults,
  ...upgradeFaults,
  ...flowFaults,
  ...frameFaults,
  ...controlFaults,
} satisfies Record<string, Fault>

export type FaultId = keyof typeof faults

/** The knobs of one fault, each given or its default. */
export type KnobsOf<Id extends FaultId> = KnobValues<(typeof faults)[Id]['knobs']>

export const faultIds = Object.keys(faults) as readonly FaultId[]

export const isFaultId = (text: string): text is FaultId => Object.hasOwn(faults, text)

/** The definition of a fault whose id is only known at run time. */
export const faultOf = (id: FaultId): Fault => faults[id]
