/** What changed between two texts, line by line. */
import type { Code } from '#lib/text/code.ts'
import { visible, visibleLines } from '#lib/text/foreign.ts'

export interface DiffLine {
  /** In the text before, counted from 1; null for a line that is new, and for one of dots in place of others. */
  readonly number: number | null
  readonly sign: ' ' | '+' | '-'
  readonly text: string
}

/** Lines around a change that do not change. */
const CONTEXT = 2
/** Beyond so many changed lines, what is between the first and the last is replaced as a whole. */
const MOST_CHANGES = 400

/**
 * As `diff -u` writes it, with the file’s name in plain characters and blanks. Lines of either text are as they are: a tab stays
 * one, what nobody can see is written as `\u202e`. Undefined where nothing changed.
 */
export function unifiedDiff(file: string, before: string, after: string): Code<'diff'> | undefined {
  if (before === after) return undefined
  const name = file.replace(/[^\w ./@+-]/g, '_').slice(-200)
  let added = 0
  const hunks = hunksOf(before, after).map((hunk) => {
    const old = hunk.filter(({ sign }) => sign !== '+')
    const now = hunk.filter(({ sign }) => sign !== '-')
    const start = hunk[0]?.number ?? 1
    const head = `@@ -${start},${old.length} +${start + added},${now.length} @@`
    added += now.length - old.length
    return [head, ...hunk.map(({ sign, text }) => `${sign}${visibleLines(text)}`)].join('\n')
  })
  // `patch` takes a name up to its first blank, unless a tab ends it.
  const ended = name.includes(' ') ? `${name}\t` : name
  return [`--- ${ended}`, `+++ ${ended}`, ...hunks].join('\n') as Code<'diff'>
}

/** For the eye: a tab is four blanks, and a line of dots stands between hunks. Undefined where nothing changed. */
export function diffLines(before: string, after: string): DiffLine[] | undefined {
  if (before === after) return undefined
  const dots: DiffLine = { number: null, sign: ' ', text: '…' }
  return hunksOf(before, after).flatMap((hunk, at) => [
    ...(at > 0 ? [dots] : []),
    ...hunk.map((line) => ({ ...line, text: visible(line.text.replaceAll('\t', '    ')) })),
  ])
}

/** To be printed: a number or a sign stands before each line, so that none of the text begins one. */
export function numbered(lines: readonly DiffLine[]): string {
  const widest = Math.max(...lines.map(({ number }) => `${number ?? ''}`.length))
  return lines
    .map(({ number, sign, text }) => `${`${number ?? ''}`.padStart(widest)} ${sign} ${text}`.trimEnd())
    .join('\n')
}

const linesOf = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/)

/** Lines that both have at their beginning and end are the same; between them the shortest way is looked for. */
function compared(before: readonly string[], after: readonly string[]): DiffLine[] {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const same = (text: string) => ({ sign: ' ' as const, text })
  const lines = [
    ...before.slice(0, head).map(same),
    ...shortest(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ]
  let number = 0
  return lines.map((line) => {
    if (line.sign !== '+') number += 1
    return { number: line.sign === '+' ? null : number, ...line }
  })
}

type Line = Pick<DiffLine, 'sign' | 'text'>

/** E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), the greedy one. */
function shortest(before: readonly string[], after: readonly string[]): Line[] {
  const traces: Map<number, number>[] = []
  let ends = new Map([[1, 0]])
  for (let changes = 0; changes <= MOST_CHANGES; changes += 1) {
    traces.push(ends)
    const next = new Map(ends)
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = startOf(ends, diagonal, changes)
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1
      next.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return walked(before, after, traces)
    }
    ends = next
  }
  return [
    ...before.map((text): Line => ({ sign: '-', text })),
    ...after.map((text): Line => ({ sign: '+', text })),
  ]
}

/** From the diagonal above a line was added, from the one below one was taken away. */
const isAdded = (ends: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean =>
  diagonal === -changes ||
  (diagonal !== changes && (ends.get(diagonal - 1) ?? -1) < (ends.get(diagonal + 1) ?? -1))

const startOf = (ends: ReadonlyMap<number, number>, diagonal: number, changes: number): number =>
  isAdded(ends, diagonal, changes) ? (ends.get(diagonal + 1) ?? 0) : (ends.get(diagonal - 1) ?? 0) + 1

function walked(
  before: readonly string[],
  after: readonly string[],
  traces: readonly ReadonlyMap<number, number>[],
): Line[] {
  const lines: Line[] = []
  let x = before.length
  let y = after.length
  for (let changes = traces.length - 1; changes >= 0; changes -= 1) {
    const ends = traces[changes] ?? new Map()
    const diagonal = x - y
    const added = isAdded(ends, diagonal, changes)
    const from = added ? diagonal + 1 : diagonal - 1
    const fromX = changes === 0 ? 0 : (ends.get(from) ?? 0)
    const fromY = changes === 0 ? 0 : fromX - from
    while (x > fromX && y > fromY) {
      x -= 1
      y -= 1
      lines.push({ sign: ' ', text: before[x] ?? '' })
    }
    if (changes === 0) break
    if (added) {
      y -= 1
      lines.push({ sign: '+', text: after[y] ?? '' })
    } else {
      x -= 1
      lines.push({ sign: '-', text: before[x] ?? '' })
    }
  }
  return lines.reverse()
}

/** Runs of lines near a change. */
function hunksOf(before: string, after: string): DiffLine[][] {
  const lines = compared(linesOf(before), linesOf(after))
  const near = new Set<number>()
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue
    for (let each = at - CONTEXT; each <= at + CONTEXT; each += 1) near.add(each)
  }
  const hunks: DiffLine[][] = []
  for (const [at, line] of lines.entries()) {
    if (!near.has(at)) continue
    if (near.has(at - 1) && at > 0) hunks.at(-1)?.push(line)
    else hunks.push([line])
  }
  return hunks
}
