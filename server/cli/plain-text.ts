/** Bytes that somebody gave as a text: packed by gzip, in another encoding than UTF-8, or no text at all. */
import { gunzipSync } from 'node:zlib'
import { FileTooLargeError } from '#server/cli/regular-file.ts'

const CAPTURE =
  'It is a capture of packets, which is not read; give what the client, the proxy or the server printed'
const PICTURE = 'It is a picture; copy the text that it shows'

/** How files of programs begin that people take for text, and what to do with them. */
const KNOWN: readonly { readonly begins: readonly number[]; readonly says: string }[] = [
  {
    begins: [0x50, 0x4b, 0x03, 0x04],
    says: 'It is a zip archive (or a document in one); give the files in it',
  },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], says: 'It is packed by zstd: zstd -dc <file> | why1006 diagnose -' },
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a], says: 'It is packed by xz: xz -dc <file> | why1006 diagnose -' },
  { begins: [0x42, 0x5a, 0x68], says: 'It is packed by bzip2: bzip2 -dc <file> | why1006 diagnose -' },
  { begins: [0xd4, 0xc3, 0xb2, 0xa1], says: CAPTURE },
  { begins: [0xa1, 0xb2, 0xc3, 0xd4], says: CAPTURE },
  { begins: [0x0a, 0x0d, 0x0d, 0x0a], says: CAPTURE },
  { begins: [0x89, 0x50, 0x4e, 0x47], says: PICTURE },
  { begins: [0xff, 0xd8, 0xff], says: PICTURE },
  { begins: [0x25, 0x50, 0x44, 0x46], says: 'It is a PDF document; copy the text out of it' },
  {
    begins: [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48],
    says: 'It is a file of journald: journalctl --file <file> | why1006 diagnose -',
  },
]

/** Where bytes are looked at that no text has. */
const LOOKED_AT = 8192

/**
 * @param mostBytes of the text, unpacked
 * @throws FileTooLargeError, or an error that says what it is and what to do
 */
export function plainText(bytes: Buffer, mostBytes: number): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return plainText(unpacked(bytes, mostBytes), mostBytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return swapped(bytes.subarray(2)).toString('utf16le')
  const known = KNOWN.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))
  if (known) throw new Error(known.says)
  if (bytes.subarray(0, LOOKED_AT).includes(0))
    throw new Error('It does not hold text; give a log, a message or a configuration')
  return bytes.toString('utf8')
}

function unpacked(bytes: Buffer, mostBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    if (error instanceof RangeError) throw new FileTooLargeError(mostBytes)
    throw new Error('It is packed by gzip, and the archive is damaged or cut off')
  }
}

/** Big-endian UTF-16 the other way round; an odd byte at the end is left out. */
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
