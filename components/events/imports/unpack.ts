/** Logs that were rotated are packed: as what they hold, since lines are read again from any place. */

/** What unpacks to more is told so. */
const MOST_BYTES = 2 * 1024 * 1024 * 1024

/** @throws Error in a sentence */
export async function unpacked(content: Blob): Promise<Blob> {
  const [first, second] = new Uint8Array(await content.slice(0, 2).arrayBuffer())
  if (first !== 0x1f || second !== 0x8b) return content
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
