/**
 * Interarrival jitter as RFC 3550 §6.4.1 smooths it: J += (|D| − J) / 16, where D is here the difference of
 * two successive round trips (RTP takes transit times, which one side alone cannot measure).
 */
export interface Jitter {
  add(roundTripMs: number): void
  /** Null before two round trips. */
  valueMs(): number | null
  clear(): void
}

const GAIN = 1 / 16

export function createJitter(): Jitter {
  let previous: number | null = null
  let smoothed: number | null = null
  return {
    add(roundTripMs) {
      if (previous !== null) {
        const difference = Math.abs(roundTripMs - previous)
        smoothed = (smoothed ?? 0) + (difference - (smoothed ?? 0)) * GAIN
      }
      previous = roundTripMs
    },
    valueMs: () => smoothed,
    clear() {
      previous = null
      smoothed = null
    },
  }
}
