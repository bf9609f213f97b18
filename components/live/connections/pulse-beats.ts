import type { Sample } from '#lib/store/connection/samples.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

interface PulsePicture {
  beats: PulseBeat[]
  /** Where the connection ended, 0 to 1; null while it lives. */
  closedAtX: number | null
  missed: number
}

/** More would not be told apart in a strip of this width. */
const most = 60

/**
 * The samples of the last `windowMs` before `endAt` as the strip draws them. A spike is a round trip: the
 * server's, where its events are known; else the page's; else a beat that arrived, at the smallest height.
 */
export function pulsePicture(samples: RingView<Sample>, endAt: number, windowMs: number): PulsePicture {
  const from = endAt - windowMs
  const x = (at: number) => (at - from) / windowMs
  const found = { server: [] as Timed[], page: [] as Timed[], beat: [] as Timed[], missed: [] as Timed[] }
  let closedAtX: number | null = null
  // Going back in time: what ended before the last opening is over.
  let reopened = false
  for (let index = samples.length - 1; index >= 0; index--) {
    const sample = samples.at(index)
    if (sample === undefined || sample.at < from) break
    if (sample.kind === 'server-rtt') found.server.push(sample)
    else if (sample.kind === 'page-rtt') found.page.push(sample)
    else if (sample.kind === 'beat') found.beat.push({ at: sample.at, ms: 0 })
    else if (sample.kind === 'missed' || sample.kind === 'unanswered')
      found.missed.push({ at: sample.at, ms: null })
    else if (sample.kind === 'open') reopened = true
    else if (sample.kind === 'close' && !reopened) closedAtX ??= x(sample.at)
  }
  const spikes = [found.server, found.page, found.beat].find((list) => list.length > 0) ?? []
  const highest = Math.max(1, ...spikes.slice(0, most).map((spike) => spike.ms ?? 0))
  const beats = [...spikes, ...found.missed]
    .sort((a, b) => a.at - b.at)
    .slice(-most)
    .map(({ at, ms }) => ({ x: x(at), height: ms === null ? null : Math.sqrt(ms / highest) }))
  return { beats, closedAtX, missed: found.missed.length }
}

interface Timed {
  at: number
  ms: number | null
}

/** The geometry of the pulse: a flat line, a spike per beat as high as its round trip, a gap where one was missed. */

export interface PulseBeat {
  /** 0 at the left edge, 1 at the right. */
  x: number
  /** 0 to 1; 0 draws the smallest spike. Null is a beat that was missed. */
  height: number | null
}

export const pulseBox = { width: 300, height: 40, base: 26 }

/** Below this distance in pixels two spikes would be one thick line; the higher one stands for both. */
const closestPx = 12

/**
 * An SVG path in {@link pulseBox}, from the left edge to `end` (0 to 1).
 *
 * @param beats in order of time; those outside 0…1 are left out.
 * @param width of the box, where a strip is longer than usual
 */
export function pulsePath(beats: readonly PulseBeat[], end = 1, width = pulseBox.width): string {
  const { base } = pulseBox
  const parts = [`M0 ${base}`]
  for (const beat of thin(beats, width)) {
    const x = beat.x * width
    parts.push(beat.height === null ? gap(x) : spike(x, beat.height))
  }
  parts.push(`H${round(Math.max(0, end) * width)}`)
  return parts.join('')
}

function spike(x: number, height: number): string {
  const { base } = pulseBox
  const top = base - 7 - height * 16
  const small = base - 2 - height * 3
  return `H${round(x - 7)}L${round(x - 4.5)} ${round(small)}L${round(x - 2.5)} ${base}L${round(x)} ${round(top)}L${round(x + 2.5)} ${round(base + 4 + height * 3)}L${round(x + 4)} ${base}`
}

function gap(x: number): string {
  return `H${round(x - 6)}M${round(x + 6)} ${pulseBox.base}`
}

function thin(beats: readonly PulseBeat[], width: number): PulseBeat[] {
  const kept: PulseBeat[] = []
  for (const beat of beats) {
    if (beat.x < 0 || beat.x > 1) continue
    const last = kept.at(-1)
    if (last === undefined || (beat.x - last.x) * width >= closestPx) kept.push(beat)
    else if (last.height !== null && (beat.height === null || beat.height > last.height))
      last.height = beat.height
  }
  return kept
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
