/** Logs that were rotated are packed: as what they hold, since lines are read again from any place. */

/** What unpacks to more is told so. */
const MOST_BYTES = 2 * 1024 * 1024 * 1024

/** Begin like these, and cannot be read here. */
const OTHERS: readonly (readonly [bytes: readonly number[], says: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    'This is a zip file. Drop a support bundle on Diagnose; unpack another one, then import what it holds.',
  ],
  [[0x28, 0xb5, 0x2f, 0xfd], 'This file is packed with zstd. Give it to: why1006 logs <file>'],
  [[0x42, 0x5a, 0x68], 'This file is packed with bzip2. Unpack it, then import it.'],
  [[0xfd, 0x37, 0x7a, 0x58], 'This file is packed with xz. Unpack it, then import it.'],
]
const GZIP = [0x1f, 0x8b]

/** @throws Error in a sentence */
export async function unpacked(content: Blob): Promise<Blob> {
  const beginning = new Uint8Array(await content.slice(0, 4).arrayBuffer())
  const beginsWith = (bytes: readonly number[]) => bytes.every((byte, at) => beginning[at] === byte)
  const other = OTHERS.find(([bytes]) => beginsWith(bytes))
  if (other !== undefined) throw new Error(other[1])
  if (!beginsWith(GZIP)) return content
  const parts: Blob[] = []
  let bytes = 0
  const reader = content.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return new Blob(parts)
      bytes += value.length
      if (bytes > MOST_BYTES) throw new Error('over')
      parts.push(new Blob([value]))
    }
  } catch {
    await reader.cancel().catch(() => {})
    throw new Error(
      bytes > MOST_BYTES
        ? 'This file unpacks to more than 2 GiB. Give it to: why1006 logs <file>'
        : 'This gzip file is damaged or ends too early. Unpack it, then import it.',
    )
  }
}
