/**
 * Lines about failed requests whose path no WebSocket is known for so far: kept as bytes, the newest of them, and read when
 * one is seen on that path. Every fifth line of a log may be one, so they are kept in columns and not as things.
 */
import type { Place } from '#lib/logs/connection.ts'

const MOST_BYTES = 4 << 20
const LONGEST_BYTES = MOST_BYTES / 4
const FIRST_BYTES = 1 << 16
const MOST_LINES = 20_000

export interface DoubtfulLine {
  /** See `numberOfPath`. */
  readonly path: number
  readonly bytes: Uint8Array
  readonly place: Place
  readonly year: number | undefined
}

/** Of all lines from one file. */
interface Source {
  readonly file: string
  readonly year: number | undefined
}

export class DoubtfulLines {
  #bytes = new Uint8Array(0)
  #end = 0
  #count = 0
  #paths = new Float64Array(0)
  #numbers = new Float64Array(0)
  /** Where each ends among the bytes. */
  #ends = new Int32Array(0)
  #sources = new Uint32Array(0)
  readonly #files: Source[] = []

  /** The line of `bytes` from `from` to `end`. @param path its number, see `numberOfPath` */
  add(path: number, bytes: Uint8Array, from: number, end: number, source: Source, number: number): void {
    const length = end - from
    if (length > LONGEST_BYTES) return
    if (this.#count >= MOST_LINES || this.#end + length > MOST_BYTES) this.#halve()
    if (this.#end + length > this.#bytes.length) this.#grow(this.#end + length)
    const into = this.#bytes
    let to = this.#end
    // A line is short: to make a view of it takes longer.
    for (let at = from; at < end; at++) into[to++] = bytes[at] as number
    const at = this.#count++
    this.#end = to
    this.#paths[at] = path
    this.#numbers[at] = number
    this.#ends[at] = to
    this.#sources[at] = this.#sourceOf(source)
  }

  /** All of them, oldest first, as plain data that a thread can hand to another. */
  all(): DoubtfulLine[] {
    return Array.from({ length: this.#count }, (_, at) => this.#lineAt(at))
  }

  /** Those about the path, oldest first; they are no longer kept. */
  take(path: number): DoubtfulLine[] {
    if (!this.#paths.subarray(0, this.#count).includes(path)) return []
    const all = this.all()
    this.#count = 0
    this.#end = 0
    for (const { path: own, bytes, place, year } of all)
      if (own !== path) this.add(own, bytes, 0, bytes.length, { file: place.file, year }, place.number)
    return all.filter((line) => line.path === path)
  }

  #lineAt(at: number): DoubtfulLine {
    const { file, year } = this.#files[this.#sources[at] ?? 0] as Source
    const bytes = this.#bytes.slice(at === 0 ? 0 : this.#ends[at - 1], this.#ends[at])
    return { path: this.#paths[at] ?? 0, bytes, place: { file, number: this.#numbers[at] ?? 0 }, year }
  }

  #sourceOf({ file, year }: Source): number {
    const last = this.#files.length - 1
    if (this.#files[last]?.file === file && this.#files[last]?.year === year) return last
    const known = this.#files.findIndex((each) => each.file === file && each.year === year)
    return known === -1 ? this.#files.push({ file, year }) - 1 : known
  }

  /** The older half goes. */
  #halve(): void {
    const gone = Math.ceil(this.#count / 2)
    const from = this.#ends[gone - 1] ?? 0
    this.#bytes.copyWithin(0, from, this.#end)
    for (const column of [this.#paths, this.#numbers, this.#ends, this.#sources])
      column.copyWithin(0, gone, this.#count)
    this.#count -= gone
    this.#end -= from
    for (let at = 0; at < this.#count; at++) this.#ends[at] = (this.#ends[at] ?? 0) - from
  }

  #grow(needed: number): void {
    if (this.#bytes.length === 0) {
      this.#paths = new Float64Array(MOST_LINES)
      this.#numbers = new Float64Array(MOST_LINES)
      this.#ends = new Int32Array(MOST_LINES)
      this.#sources = new Uint32Array(MOST_LINES)
    }
    const grown = new Uint8Array(Math.min(MOST_BYTES, Math.max(needed, this.#bytes.length * 2, FIRST_BYTES)))
    grown.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = grown
  }
}
