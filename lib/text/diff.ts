/** What changed between two texts, as `diff -u` writes it. */
import type { Code } from '#lib/text/code.ts'
import { visibleLines } from '#lib/text/foreign.ts'

/** Lines around a change that do not change. */
const CONTEXT = 2
/** Beyond so many changed lines, what is between the first and the last is replaced as a whole. */
const MOST_CHANGES = 400

type Line = { readonly sign: ' ' | '+' | '-'; readonly text: string }

/**
 * With the file's name in its head, in plain characters, and lines of either text as they are: a tab stays one, what
 * nobody can see is written as `\u202e`. Undefined where nothing changed.
 */
export function unifiedDiff(file: string, before: string, after: string): Code<'diff'> | undefined {
  if (before === after) return undefined
  const lines = compared(linesOf(before), linesOf(after))
  const name = file.replace(/[^\w./@+-]/g, '_').slice(-200)
  return [`--- ${name}`, `+++ ${name}`, ...hunksOf(lines)].join('\n') as Code<'diff'>
}

const linesOf = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/)

/** Lines that both have at their beginning and end are the same; between them the shortest way is looked for. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const same = (text: string): Line => ({ sign: ' ', text })
  return [
    ...before.slice(0, head).map(same),
    ...shortest(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ]
}

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

function hunksOf(lines: readonly Line[]): string[] {
  const near = lines.map(() => false)
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue
    for (let each = Math.max(0, at - CONTEXT); each <= Math.min(lines.length - 1, at + CONTEXT); each += 1)
      near[each] = true
  }
  const written: string[] = []
  let old = 1
  let now = 1
  for (let at = 0; at < lines.length; ) {
    if (!near[at]) {
      old += 1
      now += 1
      at += 1
      continue
    }
    let end = at
    while (near[end]) end += 1
    const hunk = lines.slice(at, end)
    const oldCount = hunk.filter(({ sign }) => sign !== '+').length
    const newCount = hunk.filter(({ sign }) => sign !== '-').length
    written.push(`@@ -${old},${oldCount} +${now},${newCount} @@`)
    written.push(...hunk.map(({ sign, text }) => `${sign}${visibleLines(text)}`))
    old += oldCount
    now += newCount
    at = end
  }
  return written
}
