/** What the Heartbeats chart draws, made from the samples of the shown connections: at most 240 points in all. */
import { isOrderlyEnd } from '#lib/protocol/close-codes.ts'
import { downsample, type Point, type Window } from '#lib/stats/downsample.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

export interface Shown {
  id: string
  label: string
  /** Null where the connection was removed meanwhile. */
  samples: RingView<Sample> | undefined
}

type Measurer = 'page' | 'server'

export interface Series {
  key: string
  connection: number
  label: string
  by: Measurer
  /** In order of time; a null breaks the line. */
  points: Point[]
}

export interface Mark {
  at: number
  kind: 'missed' | 'close' | 'reconnect'
  label: string
  /** Of a close: it ended as connections end in order. */
  isOrderly: boolean
  /** How many missed beats this one line stands for, up to `untilAt`: they fell too close together for more. */
  count: number
  untilAt: number
}

interface Span {
  fromAt: number
  toAt: number
  label: string
}

/** The first round trip of a row that pings: shown, and no part of a line or of the scale. */
interface WarmUp {
  at: number
  ms: number
  connection: number
}

export interface ChartPicture {
  window: Window
  series: Series[]
  warmUps: WarmUp[]
  marks: Mark[]
  spans: Span[]
  /** The highest round trip shown, in ms; 0 when there is none. */
  highestMs: number
}

export const pointLimit = 240
/** More marks than this would hide the lines; the newest are drawn. */
const markLimit = 24

export function chartPicture(shown: readonly Shown[], window: Window): ChartPicture {
  const perSeries = Math.floor(pointLimit / Math.max(1, shown.length * 2))
  const series: Series[] = []
  const marks: Mark[] = []
  const spans: Span[] = []
  const warmUps: WarmUp[] = []
  shown.forEach((connection, index) => {
    const samples = since(connection.samples, window.fromAt)
    for (const by of ['page', 'server'] as const) {
      const points = downsample(roundTrips(samples, by), window, perSeries)
      if (points.some((point) => point.value !== null)) {
        series.push({ key: `${by}-${index}`, connection: index, label: connection.label, by, points })
      }
    }
    for (const sample of samples) {
      if (sample.kind === 'page-rtt' && sample.isWarmUp)
        warmUps.push({ at: sample.at, ms: sample.ms, connection: index })
    }
    marks.push(...marksOf(samples, everOpened(connection.samples), (window.toAt - window.fromAt) / 60))
    if (index === 0) spans.push(...spansOf(connection.samples, window))
  })
  const heights = series.flatMap((one) => one.points.map((point) => point.value ?? 0))
  return {
    window,
    series,
    warmUps,
    marks: marks.sort((a, b) => a.at - b.at).slice(-markLimit),
    spans,
    highestMs: Math.max(0, ...heights),
  }
}

/** The samples from `fromAt` on. Missed beats come after what was due later, so one out of order does not end the search. */
function since(samples: RingView<Sample> | undefined, fromAt: number): Sample[] {
  const found: Sample[] = []
  let older = 0
  for (let index = (samples?.length ?? 0) - 1; index >= 0 && older < 8; index--) {
    const sample = samples?.at(index)
    if (sample === undefined) continue
    if (sample.at >= fromAt) found.push(sample)
    else older++
  }
  return found.reverse()
}

function* roundTrips(samples: readonly Sample[], by: Measurer): Generator<Point> {
  for (const sample of samples) {
    if (sample.kind === 'page-rtt' && by === 'page' && !sample.isWarmUp)
      yield { at: sample.at, value: sample.ms }
    else if (sample.kind === 'server-rtt' && by === 'server') yield { at: sample.at, value: sample.ms }
    else if (sample.kind === 'close') yield { at: sample.at, value: null }
  }
}

/** The first samples tell: a connection that opened begins with its opening. */
function everOpened(samples: RingView<Sample> | undefined): boolean {
  for (const sample of samples ?? []) {
    if (sample.kind === 'open') return true
    if (sample.kind === 'close') return false
  }
  return true
}

function marksOf(samples: readonly Sample[], opened: boolean, mergeWithinMs: number): Mark[] {
  const marks: Mark[] = []
  let isOpen = opened
  let isSaid = false
  for (const sample of samples) {
    const last = marks.at(-1)
    if (sample.kind === 'missed') {
      if (last?.kind === 'missed' && sample.at - last.untilAt < mergeWithinMs) {
        last.untilAt = sample.at
        last.count++
        last.label = `${last.count} missed beats`
      } else marks.push(mark('missed', sample.at, 'missed beat'))
    } else if (sample.kind === 'open') {
      isOpen = true
      isSaid = false
    } else if (sample.kind === 'close') {
      const ended = sample.code === null ? 'ended' : `closed ${sample.code}`
      // Of attempts that fail one after the other, each is a line, and the first says it.
      const label = isOpen ? ended : isSaid ? '' : 'never opened'
      isSaid ||= !isOpen
      marks.push({
        ...mark('close', sample.at, label),
        isOrderly: isOpen && isOrderlyEnd(sample.code ?? 1006),
      })
      isOpen = false
    } else if (sample.kind === 'reconnect') marks.push(mark('reconnect', sample.at, 'reconnect'))
  }
  return marks
}

function mark(kind: Mark['kind'], at: number, label: string): Mark {
  return { at, untilAt: at, kind, label, count: 1, isOrderly: false }
}

/** Times in which the page was hidden, or could not look: gaps there say nothing about the connection. */
function spansOf(samples: RingView<Sample> | undefined, window: Window): Span[] {
  const spans: Span[] = []
  let hiddenSince: number | null = null
  for (const sample of samples ?? []) {
    if (sample.kind === 'hidden') hiddenSince ??= sample.at
    else if (sample.kind === 'visible' && hiddenSince !== null) {
      spans.push({ fromAt: hiddenSince, toAt: sample.at, label: 'page hidden' })
      hiddenSince = null
    } else if (sample.kind === 'blind')
      spans.push({ fromAt: sample.at, toAt: sample.untilAt, label: 'page could not look' })
  }
  if (hiddenSince !== null) spans.push({ fromAt: hiddenSince, toAt: window.toAt, label: 'page hidden' })
  return spans.filter((span) => span.toAt > window.fromAt)
}

/** Points without a neighbour, which a line would not show. */
export function lonePoints({ points }: Pick<Series, 'points'>): Point[] {
  return points.filter(
    ({ value }, index) =>
      value !== null &&
      (points[index - 1]?.value ?? null) === null &&
      (points[index + 1]?.value ?? null) === null,
  )
}

/** The round trip nearest to a time, null where none is within `reachMs`. */
export function nearest(points: readonly Point[], at: number, reachMs: number): Point | null {
  let best: Point | null = null
  for (const point of points) {
    if (point.value === null || Math.abs(point.at - at) > reachMs) continue
    if (best === null || Math.abs(point.at - at) < Math.abs(best.at - at)) best = point
  }
  return best
}

/** How long nothing had arrived at a moment of the past, in ms; null where the samples do not reach back. */
export function silenceAt(samples: RingView<Sample> | undefined, at: number): number | null {
  for (let index = (samples?.length ?? 0) - 1; index >= 0; index--) {
    const sample = samples?.at(index)
    if (sample === undefined || sample.at > at) continue
    if (sample.kind === 'page-rtt' || sample.kind === 'beat' || sample.kind === 'open') return at - sample.at
    if (sample.kind === 'close') return null
  }
  return null
}

/** A label takes about this share of the chart's width. */
const labelShare = 1 / 6

type LabelSide = 'right' | 'left' | 'none'

/**
 * On which side of its mark a label has room, for each mark in order of time: to the right up to the next mark
 * or the edge, else to the left if the one before has not written there. Without room the mark stands alone.
 */
export function labelSides(marks: readonly Mark[], { fromAt, toAt }: Window): LabelSide[] {
  const needed = (toAt - fromAt) * labelShare
  let takenUntil = fromAt
  return marks.map((mark, index) => {
    if (mark.label === '') return 'none'
    const next = marks.slice(index + 1).find(({ label }) => label !== '')?.at ?? toAt
    const side = next - mark.at >= needed ? 'right' : mark.at - takenUntil >= needed ? 'left' : 'none'
    takenUntil = side === 'right' ? mark.at + needed : mark.at
    return side
  })
}
