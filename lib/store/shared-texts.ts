/**
 * One copy of each text that comes again and again: JSON.parse makes a new one each time, and the name of a
 * connection stands in every event of it. Holds at most `limit`, then begins anew.
 */
export function createSharedTexts(limit: number): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const same = known.get(text)
    if (same !== undefined) return same
    if (known.size >= limit) known.clear()
    known.set(text, text)
    return text
  }
}
