/**
 * What is brought beside the text of the box: files, and pastes too long to stand in a field. As blobs, which the
 * browser keeps: the page's main thread never holds their text, and the worker reads it.
 */

export interface Attachment {
  /** Its name, told apart from the others'. */
  readonly file: string
  readonly content: Blob
}

export const MOST_ATTACHMENTS = 20
/** A field with more than this is slow to type in, and to draw. */
export const LONGEST_TYPED = 100_000
/** Characters that become bytes in one go: 1 to 2 ms, far below what one could feel. */
export const SLICE = 512 * 1024

/** @returns the attachments with the new ones, and a sentence about what was left out (null: nothing) */
export function withAttached(
  already: readonly Attachment[],
  added: readonly { name: string; content: Blob }[],
): { attachments: Attachment[]; leftOut: string | null } {
  const taken = added.slice(0, Math.max(0, MOST_ATTACHMENTS - already.length))
  const left = added.slice(taken.length).map(({ name }) => name)
  const attachments = [...already]
  for (const { name, content } of taken) attachments.push({ file: freeName(name, attachments), content })
  return {
    attachments,
    leftOut: left.length === 0 ? null : `Not added: ${left.join(', ')}. ${MOST_ATTACHMENTS} files at most.`,
  }
}

/** Two files of one name are told apart, as `access.log` and `access.log (2)`. */
function freeName(name: string, attachments: readonly Attachment[]): string {
  const isTaken = (wanted: string) => attachments.some(({ file }) => file === wanted)
  let free = name
  for (let number = 2; isTaken(free); number++) free = `${name} (${number})`
  return free
}

/** A text as bytes, slice by slice. @param pause lets the page do what else it has to do */
export async function blobOf(text: string, pause: () => Promise<void> = pageTurn): Promise<Blob> {
  const parts: Blob[] = []
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + SLICE)
    // Half of a surrogate pair has no bytes of its own.
    const isHalved = end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))
    const until = isHalved ? end - 1 : end
    parts.push(new Blob([text.slice(at, until)]))
    at = until
    await pause()
  }
  return new Blob(parts)
}

const pageTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
