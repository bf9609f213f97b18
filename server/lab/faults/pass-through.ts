/** Every byte passes, unchanged and at once. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const passThrough: BehaviourOf<'pass-through'> = () => ({})
