/** Members of a JSON message whose end may be missing, since only its beginning is kept. */

/** Undefined where the text is no JSON object, or only its beginning. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** A number of milliseconds or seconds within what a timer can hold; undefined for all else. */
export const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value < 2 ** 31 ? value : undefined
