/** What was not observed of a cause that stays open, and would decide about it. */
import { observationWords } from '#lib/diagnosis/observations.ts'
import type { Report } from '#lib/diagnosis/report.ts'

const MOST = 3

/** In words, the most telling first; at most three. */
export const unseenOf = ({ missing }: Pick<Report, 'missing'>, cause: string): string[] =>
  missing
    .filter(({ would_settle: settles }) => settles.includes(cause))
    .slice(0, MOST)
    .map(({ observation }) => observationWords(observation))
