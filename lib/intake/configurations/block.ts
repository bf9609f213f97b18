/** What finds the configurations of one program between other lines. */
import type { Lines } from '#lib/intake/lines.ts'

export type ConfigBlock = {
  /** `nginx`, or a name of `names.ts`. */
  program: string
  /** First index after the block. */
  end: number
}

/** The configuration that begins at a line; undefined where none of the program does. */
export type Finder = (lines: Lines, at: number) => ConfigBlock | undefined

export const count = (text: string, character: string): number => text.split(character).length - 1

/** The first index whose line does not fit; blank lines in between belong to it, those at the end do not. */
export function whileFits(lines: Lines, at: number, fits: (text: string) => boolean): number {
  let last = at
  for (let index = at + 1; index < lines.length; index++) {
    const text = lines.at(index)
    if (text.trim() === '') continue
    if (!fits(text)) break
    last = index
  }
  return last + 1
}
