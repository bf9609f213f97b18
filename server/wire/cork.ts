/**
 * Adaptive cork: replies to frames that arrived in one read leave in one write.
 *
 * Whether the read holds more is known to the receiver of `ws` alone, in a field that is not public. A `ws`
 * without that field answers "no", and every reply is then written by itself, as `ws` would do. Corking
 * always costs a quarter in a closed loop of one message at a time, so it is done only where more waits.
 */
import type { Socket } from 'node:net'

type Corkable = Pick<Socket, 'cork' | 'uncork'>

export class Cork {
  readonly #receiver: Reader | undefined
  readonly #stream: Corkable
  #isIn = false

  constructor(webSocket: object, stream: Corkable) {
    const receiver: unknown = Reflect.get(webSocket, '_receiver')
    this.#receiver = isReader(receiver) ? receiver : undefined
    this.#stream = stream
  }

  /** To be called before replying to a message. */
  beforeReply(): void {
    if (this.#isIn || this.#receiver === undefined || !(this.#receiver._bufferedBytes > 0)) return
    this.#isIn = true
    this.#stream.cork()
    process.nextTick(() => {
      this.#isIn = false
      this.#stream.uncork()
    })
  }
}

interface Reader {
  readonly _bufferedBytes: number
}

function isReader(receiver: unknown): receiver is Reader {
  return typeof receiver === 'object' && receiver !== null && '_bufferedBytes' in receiver
}
