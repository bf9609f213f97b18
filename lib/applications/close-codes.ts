/**
 * Close codes from 3000 up that protocols above WebSocket use for themselves. The same number means different
 * things to different servers, so a lookup returns every known reading and the reader picks by what they run.
 */
import type { CloseMeaning } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'

export type PrivateCloseCode = CloseMeaning & {
  /** The protocol or service. */
  readonly by: string
}

export const privateCloseCodes: readonly PrivateCloseCode[] = Object.values(privateCodes).flatMap(
  ({ by, codes }) => codes.map((meaning) => ({ ...meaning, by })),
)

/** Under which name the readings of a protocol stand, by its id. */
export const readingsNameOf = (id: string): string | undefined =>
  Object.entries(privateCodes).find(([known]) => known === id)?.[1].by

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
