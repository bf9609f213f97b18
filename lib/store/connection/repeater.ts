/** Sends one message again and again, until stopped or refused. */
import type { Payload } from '#lib/protocol/payload.ts'
import type { Repeat } from '#lib/store/connection/connection.ts'
import type { Refusal } from '#lib/store/live-state.ts'
import type { Ports, Stop } from '#lib/store/ports.ts'

/** Faster than this is a load test, and the page itself would be what suffers. */
export const REPEAT_AT_LEAST_MS = 20

export interface Repeater {
  start(payload: Payload, everyMs: number): Refusal | null
  stop(): void
  view(): Repeat | null
}

export function createRepeater(
  ports: Pick<Ports, 'schedule'>,
  send: (payload: Payload) => Refusal | null,
): Repeater {
  let repeat: Repeat | null = null
  let cancel: Stop = () => {}

  const stop = (): void => {
    cancel()
    repeat = null
  }

  const sendOnce = (current: Repeat): Refusal | null => {
    cancel = ports.schedule(() => {
      if (repeat !== null) sendOnce(repeat)
    }, current.everyMs)
    const refusal = send(current.payload)
    if (refusal !== null) stop()
    else repeat = { ...current, sent: current.sent + 1 }
    return refusal
  }

  return {
    start(payload, everyMs) {
      stop()
      if (!(everyMs >= REPEAT_AT_LEAST_MS)) {
        return { code: 'repeat-too-fast', says: `The shortest repetition is ${REPEAT_AT_LEAST_MS} ms.` }
      }
      return sendOnce({ everyMs, payload, sent: 0 })
    },
    stop,
    view: () => repeat,
  }
}
