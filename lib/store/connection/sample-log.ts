/** Keeps one connection's hour of samples. */

import { SAMPLE_LIMIT, SAMPLE_WINDOW_MS, type Sample } from '#lib/store/connection/sample.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

export interface SampleLog {
  add(sample: Sample): void
  view(): RingView<Sample>
}

export function createSampleLog(limit = SAMPLE_LIMIT, windowMs = SAMPLE_WINDOW_MS): SampleLog {
  const ring = createRing<Sample>(limit)
  let oldestAt = Number.POSITIVE_INFINITY

  return {
    add(sample) {
      ring.push(sample)
      oldestAt = Math.min(oldestAt, sample.at)
      while (oldestAt < sample.at - windowMs) {
        ring.dropOldest()
        oldestAt = ring.view().at(0)?.at ?? sample.at
      }
    },
    view: ring.view,
  }
}
