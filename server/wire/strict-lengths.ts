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
  if (isLengthReader(receiver)) Object.assign(receiver, strict)
}

/** One pair for all receivers, each of which calls the method of its class. */
const strict = {
  getPayloadLength16(this: LengthReader, done: Done): void {
    refuseBelow(126, this, done, 'getPayloadLength16')
  },
  getPayloadLength64(this: LengthReader, done: Done): void {
    refuseBelow(65_536, this, done, 'getPayloadLength64')
  },
}

function refuseBelow(least: number, receiver: LengthReader, done: Done, method: keyof typeof strict): void {
  const stateBefore = receiver._state
  const ofClass: LengthReader = Object.getPrototypeOf(receiver)
  ofClass[method].call(receiver, done)
  // The state stays where bytes are still missing, or where the receiver itself refused the length.
  if (receiver._state === stateBefore || receiver._payloadLength >= least) return
  const words = `payload length ${receiver._payloadLength} is not encoded in the fewest bytes`
  done(receiver.createError(RangeError, words, true, 1002, 'WS_ERR_LONG_PAYLOAD_LENGTH'))
}

function isLengthReader(value: unknown): value is LengthReader {
  if (typeof value !== 'object' || value === null) return false
  const reader = value as Partial<LengthReader>
  return (
    typeof reader.getPayloadLength16 === 'function' &&
    typeof reader.getPayloadLength64 === 'function' &&
    typeof reader.createError === 'function' &&
    typeof reader._state === 'number' &&
    typeof reader._payloadLength === 'number'
  )
}
