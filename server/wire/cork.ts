/**
 * Adaptive cork: replies to frames that arrived in one read leave in one write.
 *
 * Whether the read holds more is known to the receiver of `ws` alone, in a field that is not public. A `ws`
 * without that field answers "no", and every reply is then written by itself, as `ws` would do. Corking
 * always costs a quarter in a closed loop of one message at a time, so it is done only where more waits.
 */
import type { Socket } from 'node:net'

export interface Cork {
  /** To be called before replying to a message. */
  beforeReply(): void
}

export function createCork(webSocket: object, stream: Pick<Socket, 'cork' | 'uncork'>): Cork {
  const receiver: unknown = Reflect.get(webSocket, '_receiver')
  if (!hasBufferedBytes(receiver)) return { beforeReply: () => {} }
  let corked = false
  const uncork = () => {
    corked = false
    stream.uncork()
  }
  return {
    beforeReply: () => {
      if (corked || !(receiver._bufferedBytes > 0)) return
      corked = true
      stream.cork()
      process.nextTick(uncork)
    },
  }
}

function hasBufferedBytes(receiver: unknown): receiver is { readonly _bufferedBytes: number } {
  return typeof receiver === 'object' && receiver !== null && '_bufferedBytes' in receiver
}
