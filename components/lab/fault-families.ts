import type { FaultFamily } from '#lib/lab/fault.ts'
import { type FaultId, faultIds, faultOf } from '#lib/lab/faults.ts'

/** How the families of faults are called, in the order in which the page shows them. */
export const familyNames = {
  end: { title: 'Lost while open', note: 'mostly 1006' },
  request: { title: 'Changed before the backend', note: 'the request' },
  answer: { title: 'Answered by the proxy', note: 'no WebSocket at all' },
  upgrade: { title: 'Wrong or late 101', note: 'the handshake' },
  flow: { title: 'Open, but ailing', note: 'late, slow, silent' },
  frame: { title: 'Broken frames and messages', note: 'the protocol' },
  control: { title: 'For comparison', note: 'no fault' },
} satisfies Record<FaultFamily, { title: string; note: string }>

export const families = Object.keys(familyNames) as readonly FaultFamily[]

export const faultsOf = (family: FaultFamily): readonly FaultId[] =>
  faultIds.filter((id) => faultOf(id).family === family)
