/**
 * A bounded log that drops its oldest entries and says how many.
 *
 * Writing mutates; reading goes through a `RingView`, a snapshot of two numbers that costs nothing to take
 * and is a new object whenever something changed, so that a view can compare references. An entry that was
 * overwritten after the snapshot was taken reads as `undefined`; everything still kept reads as it was.
 */

export interface RingView<T> extends Iterable<T> {
  readonly length: number
  /** Sequence number of the oldest entry here. Numbers never repeat within a ring: good keys for rows. */
  readonly firstSeq: number
  /** How many entries the bound has pushed out since the ring began (or was last cleared). */
  readonly dropped: number
  at(index: number): T | undefined
  /** The entry with this sequence number, if it is still kept. */
  bySeq(seq: number): T | undefined
  last(): T | undefined
}

export interface Ring<T> {
  push(entry: T): void
  /** Pushes the oldest entry out before the bound does, as a byte budget may ask. */
  dropOldest(): T | undefined
  /** Starts anew with these entries, for the rare insertion in the middle: O(n). Keeps the last that fit. */
  replace(entries: Iterable<T>): void
  clear(): void
  /** The same object until something changes. */
  view(): RingView<T>
}

/** Where a ring keeps its entries, each at a slot from 0 to its capacity less one. */
export interface Slots<T> {
  /** What was set last, as an object of the same value: not always the same object. */
  get(slot: number): T | undefined
  set(slot: number, entry: T | undefined): void
  clear(): void
}

/**
 * @param onDrop sees every entry that the bound pushes out, for indexes kept beside the ring.
 * @param slots for entries that are too many to be kept as objects.
 */
export function createRing<T>(
  capacity: number,
  onDrop: ((entry: T) => void) | undefined = undefined,
  slots: Slots<T> = objectSlots<T>(),
): Ring<T> {
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`ring capacity ${capacity}`)
  let first = 0
  let end = 0
  let dropped = 0
  let cached: RingView<T> | null = null

  const read = (seq: number): T | undefined =>
    seq >= first && seq < end ? slots.get(seq % capacity) : undefined

  const drop = (entry: T | undefined): void => {
    // Let go of it now: a byte budget drops entries long before their slot is written again.
    slots.set(first % capacity, undefined)
    first++
    dropped++
    cached = null
    if (entry !== undefined) onDrop?.(entry)
  }

  const push = (entry: T): void => {
    // Where nobody asks for what goes, no object is made of it.
    if (end - first === capacity) drop(onDrop && read(first))
    slots.set(end % capacity, entry)
    end++
    cached = null
  }

  const forget = (): void => {
    slots.clear()
    // Slots are found by seq modulo capacity: a fresh array must begin at slot 0.
    end = Math.ceil(end / capacity) * capacity
    first = end
    cached = null
  }

  return {
    push,
    dropOldest() {
      const entry = read(first)
      if (first < end) drop(entry)
      return entry
    },
    replace(entries) {
      const kept = [...entries]
      forget()
      for (const entry of kept) push(entry)
    },
    clear() {
      forget()
      dropped = 0
    },
    view() {
      cached ??= snapshot(first, end, dropped, read)
      return cached
    },
  }
}

function objectSlots<T>(): Slots<T> {
  const entries: (T | undefined)[] = []
  return {
    get: (slot) => entries[slot],
    set(slot, entry) {
      entries[slot] = entry
    },
    clear() {
      entries.length = 0
    },
  }
}

function snapshot<T>(
  first: number,
  end: number,
  dropped: number,
  read: (seq: number) => T | undefined,
): RingView<T> {
  const bySeq = (seq: number): T | undefined => (seq >= first && seq < end ? read(seq) : undefined)
  return {
    length: end - first,
    firstSeq: first,
    dropped,
    bySeq,
    at: (index) => bySeq(index < 0 ? end + index : first + index),
    last: () => bySeq(end - 1),
    *[Symbol.iterator]() {
      for (let seq = first; seq < end; seq++) {
        const entry = read(seq)
        if (entry !== undefined) yield entry
      }
    },
  }
}

const nothing: RingView<never> = createRing<never>(1).view()

/** The view of a ring that nobody has written to. */
export function emptyView<T>(): RingView<T> {
  return nothing
}
