/**
 * Any number of values in bounded memory: exact up to some number of them; beyond it, those next to each other become one
 * point that counts for all. Each value may carry another one, of which the smallest and the largest at a point are kept.
 * Two sketches can be put together, so that parts of a whole may be counted apart.
 */

export type Point = {
  /** Of several, their mean. */
  value: number
  count: number
  /** Of what the values carry; without meaning where `known` is 0. */
  low: number
  high: number
  /** How many of them carry something. */
  known: number
}

/** Which values may become one: those with the same key. A level more makes the keys about half as many. */
export type KeyOf = (value: number, level: number) => number

/** As plain data, which a thread can hand to another. */
export type SketchData = { level: number; columns: Float64Array[] }

/** Points kept before neighbours become one. */
const MOST_POINTS = 16_384
const LEAST_POINTS = 16

export class Sketch {
  readonly #keyOf: KeyOf
  readonly #most: number
  #columns: Columns
  /** By key, once neighbours become one. */
  readonly #places = new Map<number, number>()
  #length = 0
  #level = 0
  #count = 0

  /** @param most points that are exact; an eighth of it is what is left at least when there are too many */
  constructor(keyOf: KeyOf, most = MOST_POINTS) {
    this.#keyOf = keyOf
    this.#most = most
    this.#columns = columnsOf(LEAST_POINTS)
  }

  static of({ level, columns }: SketchData, keyOf: KeyOf, most = MOST_POINTS): Sketch {
    const sketch = new Sketch(keyOf, most)
    sketch.#level = level
    for (let at = 0; at < (columns[0]?.length ?? 0); at++) sketch.#append(pointIn(columns, at))
    return sketch
  }

  /** How many values it holds. */
  get count(): number {
    return this.#count
  }

  /** Whether each point is one value. */
  get isExact(): boolean {
    return this.#level === 0
  }

  /** How coarse it is: 0 while it is exact. */
  get level(): number {
    return this.#level
  }

  /** @param carried such as the age of what ended at the time `value` */
  add(value: number, carried?: number, count = 1): void {
    const known = carried === undefined ? 0 : count
    this.#append({ value, count, low: carried ?? 0, high: carried ?? 0, known })
  }

  merge(other: Sketch): void {
    while (this.#level < other.#level) this.#coarsen()
    for (let at = 0; at < other.#length; at++) this.#append(pointIn(other.#columns, at))
  }

  /** In ascending order. */
  points(): Point[] {
    return this.#points().sort((a, b) => a.value - b.value)
  }

  data(): SketchData {
    return { level: this.#level, columns: this.#columns.map((column) => column.slice(0, this.#length)) }
  }

  #append(point: Point): void {
    if (!Number.isFinite(point.value)) return
    this.#count += point.count
    if (this.#level === 0 && this.#length >= this.#most) this.#coarsen()
    if (this.#level === 0) this.#write(point)
    else this.#put(point)
  }

  /** To those with the same key. */
  #put(point: Point): void {
    const key = this.#keyOf(point.value, this.#level)
    const at = this.#places.get(key)
    if (at === undefined) {
      this.#places.set(key, this.#length)
      this.#write(point)
      if (this.#length >= this.#most) this.#coarsen()
    } else this.#join(at, point)
  }

  #join(at: number, { value, count, low, high, known }: Point): void {
    const [values, counts, lows, highs, knowns] = this.#columns
    const both = (counts[at] ?? 0) + count
    values[at] = (values[at] ?? 0) + ((value - (values[at] ?? 0)) * count) / both
    counts[at] = both
    if (known === 0) return
    const isFirst = knowns[at] === 0
    lows[at] = isFirst ? low : Math.min(lows[at] ?? low, low)
    highs[at] = isFirst ? high : Math.max(highs[at] ?? high, high)
    knowns[at] = (knowns[at] ?? 0) + known
  }

  #write({ value, count, low, high, known }: Point): void {
    const at = this.#length++
    if (at >= this.#columns[0].length) this.#grow()
    const [values, counts, lows, highs, knowns] = this.#columns
    values[at] = value
    counts[at] = count
    lows[at] = low
    highs[at] = high
    knowns[at] = known
  }

  #grow(): void {
    const length = Math.min(this.#most, Math.max(LEAST_POINTS, this.#columns[0].length * 2))
    const grown = columnsOf(length)
    for (const [index, column] of grown.entries()) column.set(this.#columns[index] ?? [])
    this.#columns = grown
  }

  /** Until half of the room is free, so that it is rarely done. */
  #coarsen(): void {
    const points = this.#points()
    do {
      this.#level++
      this.#length = 0
      this.#places.clear()
      for (const point of points) {
        const key = this.#keyOf(point.value, this.#level)
        const at = this.#places.get(key)
        if (at !== undefined) this.#join(at, point)
        else {
          this.#places.set(key, this.#length)
          this.#write(point)
        }
      }
    } while (this.#length > this.#most / 2)
  }

  #points(): Point[] {
    return Array.from({ length: this.#length }, (_, at) => pointIn(this.#columns, at))
  }
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

const columnsOf = (length: number): Columns => [
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
]

const pointIn = (columns: readonly Float64Array[], at: number): Point => ({
  value: columns[0]?.[at] ?? 0,
  count: columns[1]?.[at] ?? 0,
  low: columns[2]?.[at] ?? 0,
  high: columns[3]?.[at] ?? 0,
  known: columns[4]?.[at] ?? 0,
})

/** The value at the rank, counted from 0, in ascending points. */
export function valueAt(points: readonly Point[], rank: number): number {
  let passed = 0
  for (const { value, count } of points) {
    passed += count
    if (passed > rank) return value
  }
  return points.at(-1)?.value ?? 0
}
