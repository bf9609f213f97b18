/**
 * Fewer points, same extremes: each bucket of time gives its lowest and its highest point.
 *
 * Buckets are aligned to multiples of their width since the epoch and the width depends on the length of the
 * window alone, so a window that moves on keeps the buckets it has, and the line does not shimmer.
 */

/** `value` null breaks the line: a connection that ended has no round trip until the next one. */
export interface Point {
  readonly at: number
  readonly value: number | null
}

export interface Window {
  /** Epoch milliseconds. */
  readonly fromAt: number
  readonly toAt: number
}

interface Bucket {
  low: Point
  high: Point
}

const PER_BUCKET = 2

/** Round widths, so that one window length always gets the same one. */
const WIDTHS_MS = [
  50, 100, 200, 250, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 30_000, 45_000, 60_000, 120_000,
  300_000, 600_000, 1_800_000, 3_600_000,
]

/** The bucket width for a window: the smallest round one with which two points a bucket stay within the limit. */
export function bucketWidthMs(windowMs: number, maxPoints = 240): number {
  // A window that starts within a bucket touches one more.
  const buckets = Math.max(Math.floor(maxPoints / PER_BUCKET) - 1, 1)
  const needed = windowMs / buckets
  return WIDTHS_MS.find((width) => width >= needed) ?? needed
}

/**
 * At most `maxPoints` points in order of time, those of the bucket that `fromAt` cuts included whole.
 * The input may be out of order (a beat counts as missed after it was due).
 */
export function downsample(points: Iterable<Point>, window: Window, maxPoints = 240): Point[] {
  const windowMs = Math.max(window.toAt - window.fromAt, 1)
  let widthMs = bucketWidthMs(windowMs, maxPoints)
  let result = collect(points, window, widthMs)
  // Breaks are rare and come on top of a bucket's two points; a line with many of them gets wider buckets.
  while (result.length > maxPoints && widthMs < windowMs) {
    widthMs *= 2
    result = collect(points, window, widthMs)
  }
  return result.length > maxPoints ? result.slice(-maxPoints) : result
}

function collect(points: Iterable<Point>, { fromAt, toAt }: Window, widthMs: number): Point[] {
  const buckets = new Map<number, Bucket>()
  const breaks = new Map<number, number>()
  const first = Math.floor(fromAt / widthMs)
  for (const point of points) {
    const index = Math.floor(point.at / widthMs)
    if (index < first || point.at > toAt) continue
    if (point.value === null) {
      breaks.set(index, Math.max(point.at, breaks.get(index) ?? 0))
      continue
    }
    const bucket = buckets.get(index)
    if (bucket === undefined) buckets.set(index, { low: point, high: point })
    else {
      if (isBelow(point, bucket.low)) bucket.low = point
      if (isBelow(bucket.high, point)) bucket.high = point
    }
  }
  return inOrder(buckets, breaks)
}

function inOrder(buckets: ReadonlyMap<number, Bucket>, breaks: ReadonlyMap<number, number>): Point[] {
  const result: Point[] = []
  for (const { low, high } of buckets.values()) {
    result.push(low)
    if (high !== low) result.push(high)
  }
  for (const at of breaks.values()) result.push({ at, value: null })
  return result.sort((a, b) => a.at - b.at)
}

function isBelow(a: Point, b: Point): boolean {
  return (a.value ?? 0) < (b.value ?? 0)
}
