/** Bytes that somebody gave as a text: packed by gzip or zstd, in another encoding than UTF-8, or no text at all. */
import zlib from 'node:zlib'
import { HEAD_BYTES, refusalOf, unpackerOf } from '#server/cli/first-bytes.ts'
import { FileTooLargeError } from '#server/cli/regular-file.ts'

/**
 * @param mostBytes of the text, unpacked
 * @throws FileTooLargeError, or an error that says what it is and what to do
 */
export function plainText(bytes: Buffer, mostBytes: number): string {
  if (unpackerOf(bytes) !== undefined) return plainText(unpacked(bytes, mostBytes), mostBytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return swapped(bytes.subarray(2)).toString('utf16le')
  const refusal = refusalOf(bytes.subarray(0, HEAD_BYTES))
  if (refusal !== undefined) throw new Error(refusal)
  return bytes.toString('utf8')
}

function unpacked(bytes: Buffer, mostBytes: number): Buffer {
  try {
    const unpack = bytes[0] === 0x1f ? zlib.gunzipSync : zlib.zstdDecompressSync
    return unpack(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    if (error instanceof RangeError) throw new FileTooLargeError(mostBytes)
    throw new Error('It is packed, and the archive is damaged or cut off')
  }
}

/** Big-endian UTF-16 the other way round; an odd byte at the end is left out. */
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
