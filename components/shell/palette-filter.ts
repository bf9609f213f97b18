/**
 * How well a line of the palette fits what is typed: 0 where a word of it is nowhere in the line, at most 1. Letters that
 * only follow each other somewhere in the line are no match, or every short word would find half of the catalogue.
 */
export function paletteScore(line: string, typed: string): number {
  const text = line.toLowerCase()
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 1
  const whole = words.join(' ')
  if (text === whole) return 1
  if (text.startsWith(whole)) return 0.95
  const scores = words.map((word) => wordScore(text, word))
  if (scores.includes(0)) return 0
  return (text.includes(whole) ? 0.9 : 0.8) * (scores.reduce((sum, score) => sum + score, 0) / words.length)
}

/** Of a line that takes whatever is typed: before all others, or after them. */
export const takesAll = { first: 'takes all, first', last: 'takes all, last' } as const

/** With the keywords of a line, which may say that it takes all. */
export function paletteFilter(line: string, typed: string, keywords: readonly string[] = []): number {
  if (keywords.includes(takesAll.first)) return 1
  if (keywords.includes(takesAll.last)) return 0.01
  return paletteScore(line, typed)
}

/** Half as much within a word as where one begins. */
function wordScore(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? '')) return 1
  return text.includes(word) ? 0.5 : 0
}
