/** The answer over the lists: what most ends have in common, how sure it is, and whose doing it may be. */
import { certaintyTone } from '#components/diagnose/report/tones.ts'
import type { Tone } from '#components/ui/badge.tsx'
import { plural } from '#components/ui/format.ts'
import type { LogReport, TroubleReport } from '#lib/diagnosis/judge-logs.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { describeRoughly } from '#lib/text/duration.ts'
import { oneOf } from './reading.ts'

export interface VerdictWords {
  readonly headline: string
  readonly badge: { readonly tone: Tone; readonly word: string }
  /** The cause, and who has such a timer. */
  readonly detail: string
}

export function verdictWords({ connections, troubles, report }: LogReport): VerdictWords | null {
  if (connections === 0) return null
  const [trouble] = troubles
  if (trouble === undefined) {
    return {
      headline: `No failure in ${plural(connections, 'connection')}.`,
      badge: { tone: 'alive', word: 'orderly' },
      detail: '',
    }
  }
  const [verdict] = report.verdicts
  const isFault = report.outcome === 'fault' && verdict !== undefined
  const cause = isFault ? (causeOf(verdict.cause)?.title ?? verdict.cause) : report.headline
  const timers = trouble.known_timers.length > 0 ? `Such a timer: ${oneOf(trouble.known_timers)}.` : ''
  return {
    headline: headlineOf(trouble, connections),
    badge: isFault
      ? { tone: certaintyTone[verdict.certainty], word: verdict.certainty }
      : { tone: 'waiting', word: 'undetermined' },
    detail: [cause === undefined || cause === '' ? '' : `${cause}.`, timers]
      .filter((one) => one !== '')
      .join(' '),
  }
}

/**
 * Which connections were judged, where the list below shows others: of imported logs all, of a journal the newest.
 * @param most that are judged of a journal
 */
export function scopeWords(
  { connections }: Pick<LogReport, 'connections'>,
  listed: number | null,
  source: 'imported' | { most: number },
): string {
  if (listed === null || listed === connections) return ''
  if (source === 'imported')
    return `Judged from all ${plural(connections, 'connection')} that ended in the logs.`
  // Until it is judged again, what has just ended is in the list already.
  return connections < source.most ? '' : `Judged from the newest ${connections.toLocaleString('en')}.`
}

function headlineOf({ what, connections, pattern }: TroubleReport, all: number): string {
  const of = (count: number) => `${count.toLocaleString('en')} of ${plural(all, 'connection')}`
  if ('or' in pattern && pattern.or !== undefined) {
    return `${of(pattern.count)} ended after ${describeRoughly(pattern.seconds * 1000)}: one timer, on silence or on age.`
  }
  switch (pattern.kind) {
    case 'idle':
      return `${of(pattern.count)} ended after ${describeRoughly(pattern.seconds * 1000)} of silence: one idle timer.`
    case 'lifetime':
      return `${of(pattern.count)} ended at an age of ${describeRoughly(pattern.seconds * 1000)}: one limit.`
    case 'reload':
      return `${of(pattern.count)}: ${what}, at ${pattern.moments.length === 1 ? 'one moment' : `${pattern.moments.length} moments`}.`
    case 'none':
      return `${of(connections)}: ${what}.`
  }
}
