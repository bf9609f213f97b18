/** Stage HTTP: a request on a raw wire, be it for an upgrade, and everything of the answer. */

import type { HandshakeRequest } from '#server/probe/handshake/handshake-request.ts'
import { createResponseReader, type ResponseState } from '#server/probe/handshake/response-reader.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import type { Wire, WireEnd } from '#server/probe/transport/wire.ts'
import type { ResponseHead } from '#server/wire/http-head.ts'

export type HandshakeResult = {
  ms: number
} /** `interim`: statuses of answers that came before the 101. */ & (
  | { outcome: 'switched'; head: ResponseHead; interim: readonly number[] }
  | { outcome: 'refused'; head: ResponseHead; body: string }
  /** The first bytes were no HTTP; `then` is what the peer did next, while the probe looked. */
  | { outcome: 'not-http'; start: string; then: WireEnd | undefined }
  | { outcome: 'too-long'; start: string }
  /** The wire ended before an answer was complete; `start` is what had come of it. */
  | { outcome: 'ended'; end: WireEnd; start: string }
  | { outcome: 'no-answer'; start: string }
)

/** How long the rest of a refusal's body is waited for once its head is there. */
const BODY_PATIENCE_MS = 200
/** How long the peer is watched after bytes that are no HTTP: many hang up, which is worth saying. */
const BANNER_PATIENCE_MS = 150

export function shakeHands(
  wire: Wire,
  request: Pick<HandshakeRequest, 'text'>,
  clock: ProbeClock,
  signal: AbortSignal,
): Promise<HandshakeResult> {
  const reader = createResponseReader()
  return new Promise((resolve) => {
    let answeredMs = 0

    const settle = (result: HandshakeResult) => {
      clearTimeout(patience)
      signal.removeEventListener('abort', tooLate)
      stop()
      resolve(result)
    }
    const refused = (head: ResponseHead) =>
      settle({ outcome: 'refused', head, body: reader.body().toString('utf8'), ms: answeredMs })
    const start = () => reader.start().toString('latin1')
    const noHttp = (state: Extract<ResponseState, { state: 'not-http' }>, then?: WireEnd) =>
      settle({ outcome: 'not-http', start: state.start.toString('latin1'), then, ms: clock.ms() })

    const tooLate = () => {
      const state = reader.state()
      if (state.state === 'body') refused(state.head)
      else if (state.state === 'not-http') noHttp(state)
      else settle({ outcome: 'no-answer', start: start(), ms: clock.ms() })
    }
    const waitOnly = (ms: number) => {
      if (answeredMs > 0) return
      answeredMs = Math.max(1, clock.ms())
      clearTimeout(patience)
      patience = setTimeout(tooLate, Math.min(ms, clock.stageMs()))
    }
    const stop = wire.listen({
      data(chunk) {
        const state = reader.push(chunk)
        if (state.state === 'switched') {
          wire.unread(state.rest)
          settle({ outcome: 'switched', head: state.head, interim: state.interim, ms: clock.ms() })
        } else if (state.state === 'body') waitOnly(BODY_PATIENCE_MS)
        else if (state.state === 'not-http') waitOnly(BANNER_PATIENCE_MS)
        else if (state.state === 'too-long') settle({ outcome: 'too-long', start: start(), ms: clock.ms() })
        else if (state.state === 'done') {
          answeredMs = answeredMs || clock.ms()
          refused(state.head)
        }
      },
      end(end) {
        const state = reader.state()
        if (state.state === 'body') refused(state.head)
        else if (state.state === 'not-http') noHttp(state, end)
        else settle({ outcome: 'ended', end, start: start(), ms: clock.ms() })
      },
    })
    let patience = setTimeout(tooLate, clock.stageMs())
    signal.addEventListener('abort', tooLate)
    if (signal.aborted) tooLate()
    else wire.write(request.text)
  })
}
