/** Judgements of headers that every request brings, such as Host: the same few again and again. */

/** Bounded, because anybody may send anything. */
const mostRemembered = 64

/** The same function, which answers a text that it was given lately from memory. */
export function remembered<T>(judge: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const verdict = judge(text)
    if (known.size === mostRemembered) known.clear()
    known.set(text, verdict)
    return verdict
  }
}
