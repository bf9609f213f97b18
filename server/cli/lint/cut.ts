/** A configuration in the middle of other lines, such as a post in a forum. */
import { isLeftOut } from '#lib/configs/nginx/syntax/tokens.ts'
import { configurationsIn } from '#lib/intake/configurations/find.ts'
import { Lines } from '#lib/intake/lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'

/** Whether a line ends as those of a configuration do; of what people write to each other, none does. */
function endsAsConfiguration(line: string): boolean {
  const [plain = ''] = line.split('#', 1)
  return plain.trim() === '' || /[;{}]$/.test(plain.trimEnd())
}

/** The text with all that is no configuration left blank, so that lines keep their numbers; undefined where none is. */
export function configurationIn(text: string): string | undefined {
  const plain = Lines.of(text)
  const lines = withoutMargins(plain)
  const kept = indexesIn(lines)
  if (kept.size === 0) return undefined
  const all = Array.from({ length: lines.length }, (_, at) => lines.at(at))
  const isProse = all.some((line, at) => !kept.has(at) && !endsAsConfiguration(line))
  const isEdited = lines !== plain || plain.some(0, plain.length, isLeftOut)
  if (!isProse && !isEdited) return undefined
  return all.map((line, at) => (kept.has(at) ? line : '')).join('\n')
}

const FENCE = /^\s{0,3}(?:```|~~~)/

/** Which lines are of configurations for nginx. Where fences are, what stands between them: a fence ends what was begun. */
function indexesIn(lines: Lines): ReadonlySet<number> {
  const found = new Set<number>()
  for (const [from, to] of piecesOf(lines)) {
    const piece = Lines.of(lines.join(from, to))
    const configurationFrom = configurationsIn(piece)
    for (let at = 0; at < piece.length; ) {
      const block = configurationFrom(at)
      const end = block?.end ?? at + 1
      if (block?.program === 'nginx') for (let own = at; own < end; own += 1) found.add(from + own)
      at = end
    }
  }
  return found
}

function piecesOf(lines: Lines): (readonly [from: number, to: number])[] {
  const fences: number[] = []
  for (let at = 0; at < lines.length; at += 1) if (FENCE.test(lines.at(at))) fences.push(at)
  if (fences.length < 2) return [[0, lines.length]]
  return fences.flatMap((fence, at) =>
    at % 2 === 0 ? [[fence + 1, fences[at + 1] ?? lines.length] as const] : [],
  )
}
