/** What an expression costs on a text, in time of the processor, and whether that grows faster than the text. */
import type { Expression } from '#tests/repo/sources/expressions/list.ts'
import { type Pump, pumpsOf } from '#tests/repo/sources/expressions/pumps.ts'

/** What is looked at first: short enough for what doubles with each character, one step after the other. */
const LOOK_LENGTHS = [18, 22, 24, 26, 32, 44, 64, 128, 500]
const LONGEST_LOOK = 2000
/** For the longest of them: more than a few steps for each character. */
const SUSPICIOUS_MS = 0.15
/** Thousands of steps for each of them, which may be linear and is too much. */
const EXPENSIVE_MS = 5
/** For four times the text; what is linear has four. */
const SUSPICIOUS_GROWTH = 8
/** Nothing that is linear takes as long for 60 kB, or for less. */
const HOPELESS_MS = 200
const SHORT = 7500
const LONG = 60_000
const LOOKS = 2
/** Eight times the text may cost so many times as much, once it costs anything. */
const MOST_GROWTH = 16
const NEGLIGIBLE_MS = 5
/** Below this the processor's time, which is counted in ticks, says nothing. */
const LEAST_MEASURED_MS = 20

/** Of the pumps of an expression; all of them without it. */
interface Part {
  /** Each so-manieth is tried. */
  readonly every: number
  /** Of how many growth is measured, the most expensive first. */
  readonly measured: number
}

type Slowness = { pump: Pump; says: string }

/** The pump that makes it grow faster than the text, and what that costs; undefined where none of them does. */
export function slowness(
  expression: Expression,
  { every, measured }: Part = { every: 1, measured: Infinity },
): Slowness | undefined {
  const regex = new RegExp(expression.source, expression.flags)
  const suspicious: { pump: Pump; ms: number }[] = []
  for (const pump of pumpsOf(expression).filter((_, at) => at % every === 0)) {
    const says = hopelessness(regex, pump)
    if (says !== undefined) return { pump, says }
    const ms = lookAt(regex, pumped(pump, LONGEST_LOOK))
    if (ms > SUSPICIOUS_MS) suspicious.push({ pump, ms })
  }
  suspicious.sort((one, other) => other.ms - one.ms)
  for (const { pump, ms } of suspicious.slice(0, measured)) {
    const says = seemsSlow(regex, pump, ms) ? growth(regex, pump) : undefined
    if (says !== undefined) return { pump, says }
  }
  return undefined
}

/** By the clock first, twice: other programs make it suspicious at worst. */
function hopelessness(regex: RegExp, pump: Pump): string | undefined {
  for (const length of LOOK_LENGTHS) {
    const text = pumped(pump, length)
    if (clocked(regex, text) <= HOPELESS_MS / 4 || clocked(regex, text) <= HOPELESS_MS / 4) continue
    const spent = costOf(regex, text)
    if (spent > HOPELESS_MS / 4) return `${spent.toFixed(1)} ms for ${text.length} characters`
  }
  return undefined
}

/** What took long once is looked at again: another program may have been in the way, or it was not compiled yet. */
function lookAt(regex: RegExp, text: string): number {
  const ms = clocked(regex, text)
  return ms > SUSPICIOUS_MS ? Math.min(ms, least(regex, text)) : ms
}

function clocked(regex: RegExp, text: string): number {
  const start = performance.now()
  findAll(regex, text)
  return performance.now() - start
}

const seemsSlow = (regex: RegExp, pump: Pump, ms: number): boolean =>
  ms > EXPENSIVE_MS || least(regex, pumped(pump, 4 * LONGEST_LOOK)) > SUSPICIOUS_GROWTH * ms

/** Growth is seen again before it counts: on a busy machine a short run may be lucky, and a long one not. */
function growth(regex: RegExp, pump: Pump): string | undefined {
  let says: string | undefined
  for (let look = 0; look < LOOKS; look += 1) {
    if (isProportional(regex, pump)) return undefined
    const short = costOf(regex, pumped(pump, SHORT))
    let long = short
    let length = SHORT
    while (length < LONG && long <= HOPELESS_MS) {
      length *= 2
      long = costOf(regex, pumped(pump, length))
    }
    says = `${long.toFixed(1)} ms for ${length} characters, ${short.toFixed(2)} for ${SHORT}`
    if (long > HOPELESS_MS) return says
    if (long <= Math.max(NEGLIGIBLE_MS, MOST_GROWTH * short)) return undefined
  }
  return says
}

/** By the clock: what grows with its text, or costs nothing, needs no longer measurement. */
function isProportional(regex: RegExp, pump: Pump): boolean {
  const short = least(regex, pumped(pump, SHORT))
  for (let length = 2 * SHORT; length <= LONG; length *= 2) {
    if (clocked(regex, pumped(pump, length)) > HOPELESS_MS) return false
  }
  const long = least(regex, pumped(pump, LONG))
  return long <= NEGLIGIBLE_MS || (long < HOPELESS_MS && long < (MOST_GROWTH / 4) * 3 * short)
}

const least = (regex: RegExp, text: string): number =>
  Math.min(clocked(regex, text), clocked(regex, text), clocked(regex, text))

const pumped = ({ before, repeated, after }: Pump, length: number): string =>
  before + repeated.repeat(Math.ceil(length / repeated.length)) + after

/** Milliseconds of one search through the text, the best of three. */
function costOf(regex: RegExp, text: string): number {
  let best = Infinity
  for (let trial = 0; trial < 3; trial += 1) {
    let runs = 0
    let spent = 0
    const before = process.threadCpuUsage()
    while (spent < LEAST_MEASURED_MS && runs < 1000) {
      findAll(regex, text)
      runs += 1
      const { user, system } = process.threadCpuUsage(before)
      spent = (user + system) / 1000
    }
    best = Math.min(best, spent / runs)
    if (best > HOPELESS_MS) break
  }
  return best
}

function findAll(regex: RegExp, text: string): void {
  regex.lastIndex = 0
  let found = regex.exec(text)
  while (found && (regex.global || regex.sticky)) {
    if (found[0] === '') regex.lastIndex += 1
    found = regex.exec(text)
  }
}
