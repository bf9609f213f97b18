/** The subprotocol is lost, or one comes that nobody asked for. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { withHeader, withoutHeader } from '#server/lab/head.ts'

export const noSubprotocol: BehaviourOf<'no-subprotocol'> = (_line, { answer }) => ({
  response: (head) => ({
    ...head,
    headers:
      answer === 'none'
        ? withoutHeader(head.headers, 'Sec-WebSocket-Protocol')
        : withHeader(head.headers, 'Sec-WebSocket-Protocol', 'v0.other'),
  }),
})
