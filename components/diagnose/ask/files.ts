/** Files that were dropped or chosen, as text. */
import type { Source } from '#lib/intake/read.ts'
import { LONGEST_TEXT } from '#lib/intake/read.ts'

const MOST_FILES = 20

/** Resolves with the sources, and a sentence about what was left out (null: nothing). */
export async function sourcesOf(
  files: readonly File[],
  already: readonly Source[],
): Promise<{ sources: Source[]; leftOut: string | null }> {
  const taken = files.slice(0, MOST_FILES - already.length)
  const sources = [...already]
  const left: string[] = files.slice(taken.length).map(({ name }) => name)
  for (const file of taken) {
    // What is longer is cut by the reader, which says so.
    const text = await file
      .slice(0, LONGEST_TEXT + 1)
      .text()
      .catch(() => null)
    if (text === null) left.push(file.name)
    else sources.push({ file: freeName(file.name, sources), text })
  }
  return {
    sources,
    leftOut: left.length === 0 ? null : `Not added: ${left.join(', ')}. ${MOST_FILES} files at most.`,
  }
}

/** Two files of one name are told apart, as `access.log` and `access.log (2)`. */
function freeName(name: string, sources: readonly Source[]): string {
  const isTaken = (wanted: string) => sources.some(({ file }) => file === wanted)
  let free = name
  for (let number = 2; isTaken(free); number++) free = `${name} (${number})`
  return free
}
