/** Takes the request and hangs up. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const handshakeClosed: BehaviourOf<'handshake-closed'> = (_line, { end }) => ({
  reply: () => ({ bytes: Buffer.alloc(0), end }),
})
