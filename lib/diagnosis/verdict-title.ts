/** The verdict as a title: of lists, tabs, cards and files. */
import type { Outcome } from '#lib/diagnosis/report.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { foreign } from '#lib/text/foreign.ts'

/** In reports that are older than headlines. */
export const UNNAMED = {
  healthy: 'No failure in the evidence',
  fault: 'A fault',
  undetermined: 'More than one cause fits',
} as const

export type Answer = {
  readonly outcome: Outcome
  readonly cause?: string | undefined
  readonly headline?: string | undefined
}

/** "HTTP 403: three causes fit". */
export const answerOf = ({ outcome, cause, headline }: Answer): string =>
  headline ||
  (outcome === 'fault' && cause !== undefined && (causeOf(cause)?.title ?? cause)) ||
  UNNAMED[outcome]

/** "HTTP 403: three causes fit · app.example/ws". */
export function verdictTitle(summary: Answer & { readonly url?: string | undefined }): string {
  const place = summary.url?.replace(/^\w+:\/\//, '')
  return [answerOf(summary), place && foreign(place, 80)].filter(Boolean).join(' · ')
}
