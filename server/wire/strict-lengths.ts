/**
 * Refuses frame lengths in more bytes than they need (RFC 6455 §5.2: "the minimal number of bytes MUST be used"),
 * which `ws` reads as they come.
 *
 * Its receiver has no public place for that, so two of its methods are wrapped on the receiver at hand; a `ws`
 * without them reads as before.
 */

interface LengthReader {
  _state: number
  _payloadLength: number
  getPayloadLength16(done: Done): void
  getPayloadLength64(done: Done): void
  createError(
    type: typeof RangeError,
    message: string,
    prefix: boolean,
    closeCode: number,
    code: string,
  ): Error
}

type Done = (error: Error) => void

/** @param webSocket of `ws`, fresh from its handshake */
export function refuseLongLengths(webSocket: object): void {
  const receiver: unknown = Reflect.get(webSocket, '_receiver')
  if (!isLengthReader(receiver)) return
  strict(receiver, 'getPayloadLength16', 126)
  strict(receiver, 'getPayloadLength64', 65_536)
}

function strict(
  receiver: LengthReader,
  method: 'getPayloadLength16' | 'getPayloadLength64',
  least: number,
): void {
  const read = receiver[method].bind(receiver)
  receiver[method] = (done) => {
    const stateBefore = receiver._state
    read(done)
    // The state stays where bytes are still missing, or where the receiver itself refused the length.
    if (receiver._state === stateBefore || receiver._payloadLength >= least) return
    const words = `payload length ${receiver._payloadLength} is not encoded in the fewest bytes`
    done(receiver.createError(RangeError, words, true, 1002, 'WS_ERR_LONG_PAYLOAD_LENGTH'))
  }
}

function isLengthReader(value: unknown): value is LengthReader {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['getPayloadLength16', 'getPayloadLength64', 'createError'].every(
      (name) => typeof Reflect.get(value, name) === 'function',
    ) &&
    ['_state', '_payloadLength'].every((name) => typeof Reflect.get(value, name) === 'number')
  )
}
