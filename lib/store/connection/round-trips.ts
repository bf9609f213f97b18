/** Keeps the round trips of one connection attempt, measured by one side. */
import { createJitter } from '#lib/stats/jitter.ts'
import { createSlidingQuantiles } from '#lib/stats/quantile.ts'
import type { RoundTrips } from '#lib/store/connection/connection.ts'

const ROUND_TRIPS_KEPT = 300

const noRoundTrips: RoundTrips = {
  count: 0,
  lastMs: null,
  p50Ms: null,
  p95Ms: null,
  maxMs: null,
  jitterMs: null,
  warmUpMs: null,
}

export interface RoundTripKeeper {
  add(roundTripMs: number): void
  /** The row's first: shown, and no part of quantiles and jitter. */
  addWarmUp(roundTripMs: number): void
  reset(): void
  view(): RoundTrips
}

export function createRoundTripKeeper(): RoundTripKeeper {
  const quantiles = createSlidingQuantiles(ROUND_TRIPS_KEPT)
  const jitter = createJitter()
  let count = 0
  let lastMs: number | null = null
  let warmUpMs: number | null = null
  let cached: RoundTrips | null = noRoundTrips

  return {
    add(roundTripMs) {
      count++
      lastMs = roundTripMs
      quantiles.add(roundTripMs)
      jitter.add(roundTripMs)
      cached = null
    },
    addWarmUp(roundTripMs) {
      lastMs = roundTripMs
      warmUpMs = roundTripMs
      cached = null
    },
    reset() {
      count = 0
      lastMs = null
      warmUpMs = null
      quantiles.clear()
      jitter.clear()
      cached = noRoundTrips
    },
    view() {
      cached ??= {
        count,
        lastMs,
        p50Ms: quantiles.quantile(0.5),
        p95Ms: quantiles.quantile(0.95),
        maxMs: quantiles.max(),
        jitterMs: jitter.valueMs(),
        warmUpMs,
      }
      return cached
    },
  }
}
