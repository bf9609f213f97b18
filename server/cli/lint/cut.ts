/** A configuration in the middle of other lines, such as a post in a forum. */
import { isLeftOut } from '#lib/configs/nginx/syntax/tokens.ts'
import { configurationsIn } from '#lib/intake/configurations.ts'
import { type Line, linesOf } from '#lib/intake/lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'

/** Whether a line ends as those of a configuration do; of what people write to each other, none does. */
function endsAsConfiguration(line: string): boolean {
  const [plain = ''] = line.split('#', 1)
  return plain.trim() === '' || /[;{}]$/.test(plain.trimEnd())
}

/** The text with all that is no configuration left blank, so that lines keep their numbers; undefined where none is. */
export function configurationIn(text: string): string | undefined {
  const plain = linesOf(text)
  const lines = withoutMargins(plain)
  const kept = new Set(piecesOf(lines).flatMap(numbersIn))
  const isProse = lines.some((line, at) => !kept.has(at + 1) && !endsAsConfiguration(line.text))
  const isEdited = lines !== plain || plain.some((line) => isLeftOut(line.text))
  if (kept.size === 0 || !(isProse || isEdited)) return undefined
  return lines.map((line, at) => (kept.has(at + 1) ? line.text : '')).join('\n')
}

const FENCE = /^\s{0,3}(?:```|~~~)/

/** What stands between fences, where there are any: a fence ends what was begun. */
function piecesOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const fences = lines.filter(({ text }) => FENCE.test(text)).map(({ number }) => number)
  if (fences.length < 2) return [lines]
  const pieces: (readonly Line[])[] = []
  for (let at = 0; at < fences.length; at += 2)
    pieces.push(lines.slice(fences[at], (fences[at + 1] ?? lines.length + 1) - 1))
  return pieces
}

/** Numbers of the lines that nginx's configurations in a piece have. */
function numbersIn(lines: readonly Line[]): number[] {
  const found: number[] = []
  const configurationFrom = configurationsIn(lines)
  for (let at = 0; at < lines.length; ) {
    const block = configurationFrom(at)
    if (block?.program === 'nginx') for (const { number } of lines.slice(at, block.end)) found.push(number)
    at = block?.end ?? at + 1
  }
  return found
}
