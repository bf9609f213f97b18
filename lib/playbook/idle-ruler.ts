/** The ruler of known idle timers: whose limit a silence has passed, and whose comes next. */
import { timers } from '#lib/playbook/intermediaries.ts'

export interface RulerMark {
  readonly seconds: number
  /** Who cuts there, as people call them. */
  readonly who: readonly string[]
  /** False: users' reports or common knowledge only. */
  readonly isCertain: boolean
}

/** One mark per number of seconds, shortest first, from the idle timers of the playbook. */
export const idleRuler: readonly RulerMark[] = marks()

function marks(): RulerMark[] {
  const bySeconds = new Map<number, { who: Set<string>; isCertain: boolean }>()
  for (const { kind, seconds, who, certain } of timers) {
    if (kind !== 'idle' && kind !== 'idle-client-only') continue
    const mark = bySeconds.get(seconds) ?? { who: new Set(), isCertain: false }
    mark.who.add(who)
    mark.isCertain ||= certain
    bySeconds.set(seconds, mark)
  }
  return Array.from(bySeconds, ([seconds, { who, isCertain }]) => ({
    seconds,
    who: [...who],
    isCertain,
  })).sort((a, b) => a.seconds - b.seconds)
}

/** What a silence of so many milliseconds has outlived, and what it meets next (null: nothing known). */
export function readRuler(silenceMs: number): {
  readonly passed: readonly RulerMark[]
  readonly next: RulerMark | null
} {
  const seconds = silenceMs / 1_000
  return {
    passed: idleRuler.filter((mark) => mark.seconds <= seconds),
    next: idleRuler.find((mark) => mark.seconds > seconds) ?? null,
  }
}
