import { readSeconds } from '#lib/protocol/heartbeat.ts'

/** ws://localhost:9000 for a page at http://localhost:9000. */
export function socketOrigin(pageOrigin: string): string {
  return pageOrigin.replace(/^http/, 'ws')
}

/** Seconds as typed, with a point or a comma: null when nothing was, NaN when it is no number. */
export function parseSeconds(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  return typed === '' ? null : readSeconds(typed)
}
