/**
 * `ws` ends its receiver when the peer’s FIN arrives, and again when the socket closes. Node makes an error of the second
 * time, with its stack, for nobody: a tenth of what a connection costs.
 */
import { Writable } from 'node:stream'

/** @param webSocket of `ws`, fresh from its handshake */
export function endOnce(webSocket: object): void {
  const receiver: unknown = Reflect.get(webSocket, '_receiver')
  if (receiver instanceof Writable) receiver.end = endUnlessEnded
}

const end: (this: Writable) => Writable = Writable.prototype.end

/** `ws` gives it nothing to write. */
function endUnlessEnded(this: Writable): Writable {
  return this.writableEnded ? this : end.call(this)
}
