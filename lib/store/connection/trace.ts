/** The token by which the browser's and the server's view of one attempt are laid side by side (`?trace=`). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LENGTH = 16

/** @param random at least 0, below 1 */
export function createTrace(random: () => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? 'A').join(
    '',
  )
}

/** Appended as text: going through URLSearchParams would rewrite the rest of the query. A trace that is there stays. */
export function withTrace(url: string, trace: string): string {
  if (traceOf(url) !== null) return url
  return `${url}${url.includes('?') ? '&' : '?'}trace=${trace}`
}

export function traceOf(url: string): string | null {
  return URL.parse(url)?.searchParams.get('trace') ?? null
}
