/** What the first bytes of a file say of it: packed, and how; or nothing that a text is. By content, because rotation and people rename files. */
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** As many as `unpackerOf` and `refusalOf` look at. */
export const HEAD_BYTES = 4096

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte)
const startsWithText = (head: Uint8Array, text: string): boolean =>
  Array.from(text).every((char, index) => head[index] === char.charCodeAt(0))

/**
 * What unpacks it; undefined where it is not packed.
 * @throws Error in a sentence, where this Node cannot
 */
export function unpackerOf(head: Uint8Array): Transform | undefined {
  if (startsWith(head, 0x1f, 0x8b)) return zlib.createGunzip()
  if (!startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) return undefined
  // Since 22.15 and 23.8.
  if (typeof zlib.createZstdDecompress === 'function') return zlib.createZstdDecompress()
  throw new Error(
    `It is packed with zstd, which Node ${process.version} cannot read. Unpack it first: zstd -d, or use Node 22.15`,
  )
}

const OTHERS: readonly (readonly [test: (head: Uint8Array) => boolean, says: string])[] = [
  [
    (head) => startsWithText(head, 'BZh') && /^\d$/.test(String.fromCharCode(head[3] ?? 0)),
    'It is packed with bzip2. Unpack it first: bunzip2 --keep, or pipe it in with bzcat',
  ],
  [
    (head) => startsWith(head, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
    'It is packed with xz. Unpack it first: unxz --keep, or pipe it in with xzcat',
  ],
  [
    (head) => startsWith(head, 0x04, 0x22, 0x4d, 0x18),
    'It is packed with lz4. Unpack it first: unlz4, or pipe it in with lz4cat',
  ],
  [(head) => startsWith(head, 0x50, 0x4b, 0x03, 0x04), 'It is a zip archive. Unpack it first: unzip'],
  [
    (head) => startsWith(head, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
    'It is a 7z archive. Unpack it first: 7z x',
  ],
  [
    (head) => startsWithText(head, 'LPKSHHRH'),
    'It is a journal of systemd. Pipe it in as text: journalctl --file, with --output=short-iso',
  ],
  [
    (head) =>
      startsWith(head, 0xd4, 0xc3, 0xb2, 0xa1) ||
      startsWith(head, 0xa1, 0xb2, 0xc3, 0xd4) ||
      startsWith(head, 0x0a, 0x0d, 0x0d, 0x0a),
    'It is a capture of packets. Give the log of the client, the proxy or the server',
  ],
  [
    (head) => startsWith(head, 0x89, 0x50, 0x4e, 0x47) || startsWith(head, 0xff, 0xd8, 0xff),
    'It is a picture. Copy the text that it shows',
  ],
  [(head) => startsWithText(head, '%PDF'), 'It is a PDF document. Copy the text out of it'],
]

/** In words, why these bytes are no text; undefined where they may be one. */
export function refusalOf(head: Uint8Array): string | undefined {
  const other = OTHERS.find(([test]) => test(head))
  if (other !== undefined) return other[1]
  return isBinary(head)
    ? 'It is a binary file. Give a log, a message or a configuration, which is text'
    : undefined
}

/** By its byte order mark. */
export const isUtf16 = (head: Uint8Array): boolean =>
  startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)

const MOST_CONTROLS = 0.1

/** More than a tenth is control characters; a file that was cut while its writer went on begins with zeros alone. */
function isBinary(head: Uint8Array): boolean {
  const zeros = head.findIndex((byte) => byte !== 0)
  if (isUtf16(head) || zeros === -1) return false
  const rest = head.subarray(zeros)
  const controls = rest.reduce((count, byte) => count + (byte < 32 && !PRINTED.has(byte) ? 1 : 0), 0)
  return controls > rest.length * MOST_CONTROLS
}

/** Tab, line feed, form feed, carriage return, and the escape that begins colours. */
const PRINTED: ReadonlySet<number> = new Set([9, 10, 12, 13, 27])
