/** Some of any number of connections, evenly chosen in the order they come, so that no hour of the day is left out. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { bytesOf } from '#lib/logs/keep.ts'

export type SampleData = { list: LoggedConnection[]; step: number; seen: number }

/** About what a connection takes beside its texts. */
const OBJECT_BYTES = 500

export class Sample {
  readonly #most: number
  readonly #mostBytes: number
  #list: LoggedConnection[] = []
  #bytes = 0
  #step = 1
  #seen = 0

  constructor(most: number, mostBytes: number) {
    this.#most = most
    this.#mostBytes = mostBytes
  }

  /** All of them while they fit. */
  get list(): readonly LoggedConnection[] {
    return this.#list
  }

  add(connection: LoggedConnection): void {
    if (this.#seen++ % this.#step === 0) this.#keep(connection)
  }

  merge({ list, step, seen }: SampleData): void {
    while (this.#step < step) this.#thin()
    const every = this.#step / step
    for (const [index, connection] of list.entries()) if (index % every === 0) this.#keep(connection)
    this.#seen += seen
  }

  data(): SampleData {
    return { list: this.#list, step: this.#step, seen: this.#seen }
  }

  #keep(connection: LoggedConnection): void {
    this.#list.push(connection)
    this.#bytes += sizeOf(connection)
    while (this.#list.length > this.#most || (this.#bytes > this.#mostBytes && this.#list.length > 1))
      this.#thin()
  }

  /** Every other one goes. */
  #thin(): void {
    this.#list = this.#list.filter((_, index) => index % 2 === 0)
    this.#bytes = this.#list.reduce((sum, connection) => sum + sizeOf(connection), 0)
    this.#step *= 2
  }
}

function sizeOf({
  access,
  notices = [],
  told,
  clientId,
  client,
  path,
  origin,
  reason,
}: LoggedConnection): number {
  const texts = bytesOf(access?.line, told?.line, clientId, client, path, origin, reason)
  return notices.reduce((sum, { line }) => sum + bytesOf(line) + OBJECT_BYTES, texts + OBJECT_BYTES)
}
