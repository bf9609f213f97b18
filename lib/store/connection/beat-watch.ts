/**
 * Judges the beats of one attempt. Late: over 10 % of the interval behind the one before; missed: over interval +
 * timeout without one. Both by the time that the page watched (attention.ts); where it was blind between two
 * beats, by the times the server wrote into them, and where there are none, not at all.
 *
 * Where the server sends no beats, answers to page pings count: late by their round trip, missed when unanswered.
 */

import type { Beats } from '#lib/store/connection/connection.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import { LATE_SHARE } from '#lib/store/connection/server-side.ts'
import type { Look } from '#lib/store/kit/attention.ts'
import { createTracker } from '#lib/store/kit/tracker.ts'

const noBeats: Beats = {
  source: 'none',
  intervalMs: null,
  timeoutMs: null,
  received: 0,
  late: 0,
  missed: 0,
  unjudged: 0,
  lastAt: null,
  worstBehindMs: null,
}

export interface BeatSchedule {
  readonly source: 'server' | 'page-pings'
  readonly intervalMs: number
  readonly timeoutMs: number
}

export interface BeatWatch {
  /** From the opening on, or from a change of schedule. */
  begin(schedule: BeatSchedule, look: Look): void
  /** @param sentAt epoch ms by the server's clock, null where the beat does not say. */
  beat(look: Look, sentAt: number | null): void
  /** A page ping was answered; its time was when it was sent. */
  answer(look: Look, roundTripMs: number): void
  /** A page ping was not answered within the timeout. */
  unanswered(sentAt: number): void
  /** Counts what has been missed by now. */
  check(look: Look): void
  /** Keeps the counts, judges no more. */
  end(): void
  reset(): void
  view(): Beats
}

interface Reference {
  readonly at: number
  readonly sentAt: number | null
  readonly watchedMs: number
  /** False: the opening, from which the first beat may be off by the server's own pace. */
  readonly isBeat: boolean
  /** Counted as missed since then. */
  missed: number
}

export function createBeatWatch(record: (sample: Sample) => void): BeatWatch {
  const beats = createTracker(noBeats)
  let schedule: BeatSchedule | null = null
  let last: Reference | null = null

  const receive = (at: number, behindMs: number | null, isLate: boolean, isJudged: boolean): void => {
    record({ kind: 'beat', at, behindMs, late: isLate })
    const before = beats.view()
    beats.update({
      received: before.received + 1,
      lastAt: at,
      unjudged: before.unjudged + (isJudged ? 0 : 1),
      ...(isLate
        ? { late: before.late + 1, worstBehindMs: Math.max(behindMs ?? 0, before.worstBehindMs ?? 0) }
        : {}),
    })
  }

  const miss = (from: Reference, intervalMs: number, count: number): void => {
    for (let nth = from.missed + 1; nth <= count; nth++) {
      record({ kind: 'missed', at: from.at + nth * intervalMs })
    }
    if (count <= from.missed) return
    beats.update({ missed: beats.view().missed + count - from.missed })
    from.missed = count
  }

  return {
    begin(next, look) {
      schedule = next
      last = { at: look.now, sentAt: null, watchedMs: look.watchedMs, isBeat: false, missed: 0 }
      const { source, intervalMs, timeoutMs } = next
      beats.update({ source, intervalMs, timeoutMs })
    },

    beat(look, sentAt) {
      if (schedule?.source !== 'server' || last === null) return
      const { intervalMs, timeoutMs } = schedule
      const gap = gapBefore(look, sentAt, last)
      const isMissed = gap !== null && gap > intervalMs + timeoutMs
      if (isMissed) miss(last, intervalMs, Math.max(Math.round(gap / intervalMs) - 1, 1))
      const behindMs = gap === null || !last.isBeat ? null : gap - intervalMs
      // What was counted as missed is not late as well.
      const isLate = behindMs !== null && last.missed === 0 && behindMs > intervalMs * LATE_SHARE
      receive(look.now, behindMs, isLate, gap !== null || !last.isBeat)
      last = { at: look.now, sentAt, watchedMs: look.watchedMs, isBeat: true, missed: 0 }
    },

    answer(look, roundTripMs) {
      if (schedule?.source !== 'page-pings') return
      receive(look.now, roundTripMs, roundTripMs > schedule.intervalMs * LATE_SHARE, true)
    },

    unanswered(sentAt) {
      if (schedule?.source !== 'page-pings') return
      record({ kind: 'missed', at: sentAt })
      beats.update({ missed: beats.view().missed + 1 })
    },

    check(look) {
      if (schedule?.source !== 'server' || last === null || look.wasBlind) return
      const { intervalMs, timeoutMs } = schedule
      const overdueMs = look.watchedMs - last.watchedMs - intervalMs - timeoutMs
      if (overdueMs > 0) miss(last, intervalMs, 1 + Math.floor(overdueMs / intervalMs))
    },

    end() {
      schedule = null
      last = null
    },
    reset() {
      schedule = null
      last = null
      beats.reset()
    },
    view: beats.view,
  }
}

/** Milliseconds since the beat before, as far as somebody can know: null where the page was blind and the beat tells no time. */
function gapBefore(look: Look, sentAt: number | null, last: Reference): number | null {
  const wasBlind = look.blindUntil !== null && look.blindUntil > last.at
  if (!wasBlind) return look.now - last.at
  return sentAt === null || last.sentAt === null ? null : sentAt - last.sentAt
}
