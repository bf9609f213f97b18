/**
 * JSON of messages. Replies carry the original text in place of the value stringified again: it has just
 * been parsed, so it is valid, and splicing it in saves a tenth of the cost of an echo.
 */

/** Whether the value is an object with this `type`. */
export function isMessageOfType(value: unknown, type: string): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type
}

let cachedMs = 0
let cachedText = '0'

/** Seconds since the Unix epoch as JSON, to the millisecond. Formatted once per millisecond. */
export function epochText(): string {
  const ms = Date.now()
  if (ms !== cachedMs) {
    cachedMs = ms
    cachedText = String(ms / 1000)
  }
  return cachedText
}
