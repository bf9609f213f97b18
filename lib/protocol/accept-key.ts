/**
 * `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key` (RFC 6455 §1.3): SHA-1 of the key and a fixed text, in base64. Here and
 * not from a platform, because what people paste is read in the browser as well, line by line and without waiting.
 */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** 16 bytes in base64, as every client sends them. */
const KEY = /^[A-Za-z0-9+/]{22}==$/
/** 20 bytes in base64. */
const ACCEPT = /^[A-Za-z0-9+/]{27}=$/

/** Whether a value can be a key; what somebody put dots or other words in is none. */
export const isKey = (value: string): boolean => KEY.test(value)
export const isAccept = (value: string): boolean => ACCEPT.test(value)

/** @param key as it was sent, in ASCII */
export const acceptOf = (key: string): string =>
  btoa(String.fromCharCode(...sha1(Uint8Array.from(key + GUID, (each) => each.charCodeAt(0)))))

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** FIPS 180-4 §6.1. */
function sha1(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) * 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, message.length * 8)
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const words = new Int32Array(80)
  for (let from = 0; from < padded.length; from += 64) {
    for (let at = 0; at < 16; at++) words[at] = view.getInt32(from + at * 4)
    for (let at = 16; at < 80; at++)
      words[at] = rotated(word(at - 3) ^ word(at - 8) ^ word(at - 14) ^ word(at - 16), 1)
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4]
    for (let at = 0; at < 80; at++) {
      const [mixed, constant] = mixOf(at, b, c, d)
      const next = (rotated(a, 5) + mixed + e + constant + word(at)) | 0
      ;[e, d, c, b, a] = [d, c, rotated(b, 30), a, next]
    }
    ;[h0, h1, h2, h3, h4] = [(h0 + a) | 0, (h1 + b) | 0, (h2 + c) | 0, (h3 + d) | 0, (h4 + e) | 0]
  }
  const digest = new DataView(new ArrayBuffer(20))
  for (const [at, value] of [h0, h1, h2, h3, h4].entries()) digest.setInt32(at * 4, value)
  return new Uint8Array(digest.buffer)

  function word(at: number): number {
    return words[at] ?? 0
  }
}

function mixOf(round: number, b: number, c: number, d: number): readonly [number, number] {
  if (round < 20) return [(b & c) | (~b & d), 0x5a827999]
  if (round < 40) return [b ^ c ^ d, 0x6ed9eba1]
  if (round < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
  return [b ^ c ^ d, 0xca62c1d6]
}
