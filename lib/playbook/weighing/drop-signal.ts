/** What speaks for one cause of a lost transport. */
import type { Because } from '#lib/facts/because.ts'

export type DropCause =
  | 'idle-timeout'
  | 'max-lifetime'
  | 'proxy-restart'
  | 'backend-dropped'
  | 'middlebox-reset'
  | 'half-open'
  | 'pong-timeout'
  | 'peer-not-reading'

export type DropSignal = { cause: DropCause; strength: 'decisive' | 'strong'; because: Because }

export const decisive = (cause: DropCause, because: Because): DropSignal => ({
  cause,
  strength: 'decisive',
  because,
})
export const strong = (cause: DropCause, because: Because): DropSignal => ({
  cause,
  strength: 'strong',
  because,
})
