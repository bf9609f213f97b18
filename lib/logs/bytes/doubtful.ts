/**
 * Lines about failed requests whose path no WebSocket is known for so far: kept as bytes, the newest of them, and read when
 * one is seen on that path.
 */
import type { Place } from '#lib/logs/connection.ts'

const MOST_BYTES = 4 << 20
const MOST_LINES = 20_000

export interface DoubtfulLine {
  readonly bytes: Uint8Array
  readonly place: Place
  readonly year: number | undefined
}

interface Kept {
  readonly path: number
  readonly from: number
  readonly length: number
  readonly number: number
  readonly file: string
  readonly year: number | undefined
}

export class DoubtfulLines {
  #bytes = new Uint8Array(1 << 16)
  /** Of all bytes that were ever added, how many came before those that are kept. */
  #gone = 0
  #end = 0
  #kept: Kept[] = []

  add(path: number, line: Uint8Array, file: string, number: number, year: number | undefined): void {
    if (line.length > MOST_BYTES / 4) return
    if (this.#kept.length >= MOST_LINES || this.#end + line.length > MOST_BYTES) this.#halve()
    if (this.#end + line.length > this.#bytes.length) this.#grow(this.#end + line.length)
    this.#bytes.set(line, this.#end)
    this.#kept.push({ path, from: this.#gone + this.#end, length: line.length, number, file, year })
    this.#end += line.length
  }

  /** Those about the path, oldest first; they are no longer kept. */
  take(path: number): DoubtfulLine[] {
    const taken = this.#kept.filter((kept) => kept.path === path)
    if (taken.length === 0) return []
    this.#kept = this.#kept.filter((kept) => kept.path !== path)
    return taken.map(({ from, length, file, number, year }) => ({
      bytes: this.#bytes.slice(from - this.#gone, from - this.#gone + length),
      place: { file, number },
      year,
    }))
  }

  /** The older half goes. */
  #halve(): void {
    this.#kept.splice(0, Math.ceil(this.#kept.length / 2))
    const from = (this.#kept[0]?.from ?? this.#gone + this.#end) - this.#gone
    this.#bytes.copyWithin(0, from, this.#end)
    this.#gone += from
    this.#end -= from
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.min(MOST_BYTES, Math.max(needed, this.#bytes.length * 2)))
    grown.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = grown
  }
}
