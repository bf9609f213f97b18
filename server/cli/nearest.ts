/** The names that a misspelt one is close to, nearest first: at most half of its letters are wrong. */

import { type Sentence, sentence } from '#lib/text/foreign.ts'

const MOST = 3

function nearest(wanted: string, names: readonly string[]): string[] {
  const short = wanted.slice(0, 64)
  return names
    .map((name) => ({ name, distance: name.includes(short) ? 0 : distance(short, name) }))
    .filter(({ distance }) => distance <= short.length / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ name }) => name)
}

/** Edits that turn one into the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const swapped = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, swapped))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** A sentence with the names that may be meant; empty where none is close. */
export function didYouMean(wanted: string, names: readonly string[]): Sentence {
  const suggestions = nearest(wanted, names)
  return suggestions.length === 0 ? sentence`` : sentence` Did you mean ${suggestions}?`
}
