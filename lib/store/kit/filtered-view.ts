/**
 * A filter over a ring that looks at each entry once: a new view of the same ring costs only what was added.
 */
import type { RingView } from '#lib/store/kit/ring.ts'

export interface FilteredView<T> {
  readonly length: number
  at(index: number): T | undefined
  /** A key for the row that no other row of this ring ever has. */
  seqAt(index: number): number | undefined
}

/** One per filter: make a new one when the filter changes. */
export function createRingFilter<T>(matches: (entry: T) => boolean): (view: RingView<T>) => FilteredView<T> {
  let seqs: number[] = []
  /** Of `seqs`: those before it have left the ring. */
  let begin = 0
  let seenUntil = 0
  let lastView: RingView<T> | null = null
  let lastResult: FilteredView<T> | null = null

  return (view) => {
    if (view === lastView && lastResult !== null) return lastResult
    const end = view.firstSeq + view.length
    // An older view than the last one (a paused list): begin again.
    if (end < seenUntil) {
      seqs = []
      begin = 0
      seenUntil = 0
    }
    for (let seq = Math.max(seenUntil, view.firstSeq); seq < end; seq++) {
      const entry = view.bySeq(seq)
      if (entry !== undefined && matches(entry)) seqs.push(seq)
    }
    seenUntil = end
    while (begin < seqs.length && (seqs[begin] ?? 0) < view.firstSeq) begin++
    if (begin > 1_024 && begin > seqs.length / 2) {
      seqs = seqs.slice(begin)
      begin = 0
    }
    lastView = view
    lastResult = snapshot(view, seqs, begin, seqs.length)
    return lastResult
  }
}

function snapshot<T>(
  view: RingView<T>,
  seqs: readonly number[],
  begin: number,
  end: number,
): FilteredView<T> {
  const seqAt = (index: number): number | undefined =>
    index >= 0 && begin + index < end ? seqs[begin + index] : undefined
  return {
    length: end - begin,
    seqAt,
    at(index) {
      const seq = seqAt(index)
      return seq === undefined ? undefined : view.bySeq(seq)
    },
  }
}
