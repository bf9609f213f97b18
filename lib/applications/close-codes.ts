/**
 * Close codes from 3000 up that protocols above WebSocket use for themselves. The same number means different
 * things to different servers, so a lookup returns every known reading and the reader picks by what they run.
 */
import type { CloseMeaning } from '#lib/applications/application.ts'
import { applications } from '#lib/applications/applications.ts'

export type PrivateCloseCode = CloseMeaning & {
  /** The protocol or service. */
  readonly by: string
}

/** Below, codes mean the same to everybody (RFC 6455 §7.4.2). */
const FIRST_PRIVATE = 3000

export const privateCloseCodes: readonly PrivateCloseCode[] = applications.flatMap(({ name, closes = [] }) =>
  closes.filter(({ from }) => from >= FIRST_PRIVATE).map((meaning) => ({ ...meaning, by: name })),
)

/** Every known private reading of a code, checked sources first, the narrower one of each protocol; empty where none is known. */
export function privateReadings(code: number): PrivateCloseCode[] {
  const seen = new Set<string>()
  return privateCloseCodes
    .filter(({ from, to }) => code >= from && code <= to)
    .filter(({ by, reason }) => {
      const isFirst = !seen.has(by)
      if (reason === undefined) seen.add(by)
      return isFirst
    })
    .sort((a, b) => Number(b.certain) - Number(a.certain))
}
