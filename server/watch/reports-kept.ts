/**
 * Of which losses a report is kept: reports have room for so many, and a server that drops everybody every half minute
 * must not push a person's own out. The first ten, then those whose cause differs from the one before and one an hour;
 * never more than ten an hour.
 */
import type { Leading } from '#server/reports/store.ts'

const FIRST = 10
const MOST_AN_HOUR = 10
const HOUR_SECONDS = 3600

/** @returns asked with the moment of a loss (seconds since the Unix epoch), what judges its verdict */
export function reportsWorthKeeping(): (at: number) => (leading: Leading) => boolean {
  let count = 0
  let recent: number[] = []
  let cause: string | undefined
  return (at) => (leading) => {
    recent = recent.filter((kept) => kept > at - HOUR_SECONDS)
    const isOther = leading.cause !== cause
    cause = leading.cause
    if (recent.length >= MOST_AN_HOUR || !(count < FIRST || isOther || recent.length === 0)) return false
    count += 1
    recent.push(at)
    return true
  }
}
