/** Characters kept of one header. The journal holds many events, and headers come from anybody. */
const headerLimit = 256

/** What anybody may have sent, shortened to what an event can carry. */
export function shorten(text: string, limit = headerLimit): string {
  if (text.length <= limit) return text
  // A slice would keep the whole text alive, for as long as the event stays in the journal.
  return Buffer.from(`${text.slice(0, limit - 1)}…`).toString()
}
