/** Lines that speak of a failure, whoever says them. */
import type { SourceReading } from '#lib/intake/pieces.ts'

export const MOST_COMPLAINTS = 20
const LONGEST_COMPLAINT = 300

/** Lines that nobody understood, or that announce what follows, and that speak of a failure: beside them nothing is healthy. */
export function complaintsIn(read: readonly SourceReading[], introductions: readonly string[]): string[] {
  return [...read.flatMap(({ unread }) => unread.map(({ text }) => text)), ...introductions]
    .map((text) => text.slice(0, LONGEST_COMPLAINT))
    .filter((text) => isComplaint(text))
    .slice(0, MOST_COMPLAINTS)
}

const COMPLAINT =
  /\b(?:error|err|fatal|critical|crit|severe|panic|exception|traceback|fail(?:ed|ure|s|ing)?|unable|refused|rejected|denied|timed out|timeout)\b/i

export const isComplaint = (text: string): boolean => COMPLAINT.test(text)
