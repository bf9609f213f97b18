/**
 * Two reports about the same URL: did the fix work, and what else changed? Pure.
 *
 * "Fixed" is a promise like "healthy": it needs the later report to have looked as long, and from the same side,
 * as the one that found the fault.
 */
import { changesBetween, type Judged } from '#lib/diagnosis/compare/changes.ts'
import type { ProgressSince, ReportChange } from '#lib/diagnosis/stored-report.ts'
import { type Course, courseOf, inSeconds } from '#lib/evidence/course.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

export type Comparison = {
  progress: ProgressSince
  /** The answer in one sentence. */
  says: Sentence
  changes: ReportChange[]
}

export function compareReports(before: Judged, now: Judged): Comparison {
  const courses = { before: courseOf(before.evidence), now: courseOf(now.evidence) }
  return { ...progressOf(before, now, courses), changes: changesBetween(before, now, courses) }
}

type Courses = { before: Course; now: Course }
type Progress = Pick<Comparison, 'progress' | 'says'>

function progressOf(before: Judged, now: Judged, courses: Courses): Progress {
  const urls = { before: addressOf(before), now: addressOf(now) }
  if (urls.before !== undefined && urls.now !== undefined && urls.before !== urls.now) {
    const says = sentence`The earlier report is about ${urls.before}, and this one is about ${urls.now}. Whether that fault is gone is not known.`
    return { progress: 'unclear', says }
  }
  const was = before.report.outcome
  const is = now.report.outcome
  if (is === 'healthy') return was === 'healthy' ? stillHealthy : recovered(before, now, courses)
  if (was === 'healthy') {
    const { lostAfterMs } = courses.now
    const { watchedMs = 0 } = courses.before
    if (lostAfterMs !== undefined && watchedMs < lostAfterMs) {
      const says = sentence`It drops after ${inSeconds(lostAfterMs)}. The earlier report watched for ${inSeconds(watchedMs)}, too short to see that, so it may have been like this before.`
      return { progress: 'unclear', says }
    }
    return is === 'fault'
      ? { progress: 'broken', says: sentence`Now fails: ${leading(now)}. Last time no failure was seen.` }
      : {
          progress: 'unclear',
          says: sentence`Now fails, cause unclear. Last time no failure was seen.`,
        }
  }
  if (was === 'undetermined' || is === 'undetermined') {
    const which = was === is ? 'Both times' : is === 'undetermined' ? 'This time' : 'Last time'
    return {
      progress: 'unclear',
      says: sentence`${which} it stayed undetermined, so whether it changed is not known.`,
    }
  }
  return causeIn(before) === causeIn(now)
    ? { progress: 'same-fault', says: sentence`Still the same fault: ${leading(now)}.` }
    : {
        progress: 'other-fault',
        says: sentence`Different cause: ${leading(now)} (before: ${leading(before)}).`,
      }
}

/** Without the query, in which secrets are masked and tokens change. Undefined where no URL is known. */
function addressOf({ evidence }: Judged): string | undefined {
  const url = evidence.target?.url
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

const stillHealthy: Progress = { progress: 'still-healthy', says: sentence`Still no failure.` }

function recovered(before: Judged, now: Judged, courses: Courses): Progress {
  const { lostAfterMs } = courses.before
  const { watchedMs = 0 } = courses.now
  if (lostAfterMs !== undefined && watchedMs < lostAfterMs) {
    const says = sentence`Not verified yet. It dropped after ${inSeconds(lostAfterMs)} last time; this run watched for ${inSeconds(watchedMs)}.`
    return { progress: 'unclear', says }
  }
  if (before.evidence.browser?.events?.length && !now.evidence.browser?.events?.length) {
    const says = sentence`The probe sees no failure. Your browser, which tried last time, has not tried again.`
    return { progress: 'unclear', says }
  }
  const was = before.report.outcome === 'fault' ? ` It was: ${leading(before)}.` : ''
  return { progress: 'fixed', says: sentence`Healthy now, and was not before: the fault is gone.${was}` }
}

const causeIn = ({ report }: Judged): string | undefined => report.verdicts[0]?.cause

function leading(judged: Judged): string {
  const cause = causeIn(judged)
  if (cause === undefined) return 'no cause is likelier than the others'
  return `${causeOf(cause)?.title ?? cause} (${cause})`
}
