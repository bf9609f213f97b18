/**
 * Tells lines about plain requests from lines that matter, by their bytes. It learns from the parsers: the first line of
 * each form is read whole, and of those that follow only status, method and path are looked at.
 */
import { FormReader } from '#lib/logs/bytes/form.ts'
import { pathname } from '#lib/logs/connection.ts'
import { judgeAccess } from '#lib/logs/proxy-connections.ts'
import type { AccessRecord, LineFormat, LineMemory, LogRecord } from '#lib/logs/record.ts'

/** What all lines of one form share. */
export interface Form {
  readonly format: LineFormat
  readonly zoneMs: number | undefined
  readonly upgrade: boolean | undefined
  /** What the pages of the file said of its numbers when this was learned. */
  readonly leastTaken: number | undefined
}

/**
 * `whole`: it has to be read. `plain`: a request that is no WebSocket’s. `doubtful`: a failed request for a path that no
 * WebSocket is known for so far.
 */
export type Look = 'whole' | 'plain' | 'doubtful'

/** Programs have a handful of forms; where each line has one of its own, there is nothing to learn. */
const MOST_FORMS = 1024
const MOST_PATHS = 8192

export class Skim {
  readonly #reader = new FormReader()
  readonly #forms = new Map<number, Form | null>()
  /** Paths that are no WebSocket’s, as far as is known. */
  readonly #plain = new Set<number>()
  readonly #isSocketPath: (path: string) => boolean
  readonly #decoder = new TextDecoder()
  /** Written anew for each line. */
  readonly #record: AccessRecord = { kind: 'access', format: 'combined', resolutionMs: 1000, path: '/' }
  #found: Form | null | undefined
  #hasForm = false

  /** @param isSocketPath whether the path is known for a WebSocket’s */
  constructor(isSocketPath: (path: string) => boolean) {
    this.#isSocketPath = isSocketPath
  }

  /** The form of the line that was looked at; there is one behind `plain` and `doubtful`. */
  get form(): Form {
    return this.#found as Form
  }

  /** The number of the path of that line, see `numberOfPath`. */
  get path(): number {
    return this.#reader.path
  }

  look(bytes: Uint8Array, from: number, end: number, memory: LineMemory): Look {
    const reader = this.#reader
    this.#hasForm = reader.read(bytes, from, end)
    if (!this.#hasForm) return 'whole'
    const form = this.#forms.get(reader.form)
    this.#found = form
    if (form === undefined || form === null) return 'whole'
    // A number at the end is read by what the pages above have there, and this one may say more of it.
    if (!Number.isNaN(reader.lastWhole)) {
      const least = memory.leastTaken
      if (form.leastTaken !== least || reader.lastWhole < (least ?? Number.POSITIVE_INFINITY)) {
        this.#found = undefined
        return 'whole'
      }
    }
    const record = this.#record
    record.status = reader.status
    record.method = reader.isGet ? 'GET' : 'POST'
    if (form.upgrade === undefined) delete record.upgrade
    else record.upgrade = form.upgrade
    const judged = judgeAccess(record)
    if (judged === 'ignored') return 'plain'
    return judged === 'socket' || !this.#isPlainPath(bytes) ? 'whole' : 'doubtful'
  }

  /** What the parsers made of the line that was looked at last, and that had to be read whole. */
  learn(record: LogRecord | undefined, bytes: Uint8Array, { leastTaken }: LineMemory): void {
    if (!this.#hasForm || this.#found !== undefined) return
    const { form, status, pathFrom, pathTo } = this.#reader
    if (this.#forms.size >= MOST_FORMS && !this.#forms.has(form)) return
    const isAsRead =
      record?.kind === 'access' &&
      record.status === status &&
      record.path !== undefined &&
      pathname(record.path) === this.#decoder.decode(bytes.subarray(pathFrom, pathTo))
    this.#forms.set(
      form,
      isAsRead ? { format: record.format, zoneMs: record.zoneMs, upgrade: record.upgrade, leastTaken } : null,
    )
  }

  /** The path is now known for a WebSocket’s. */
  forget(path: number): void {
    this.#plain.delete(path)
  }

  #isPlainPath(bytes: Uint8Array): boolean {
    const { path, pathFrom, pathTo } = this.#reader
    if (this.#plain.has(path)) return true
    const text = this.#decoder.decode(bytes.subarray(pathFrom, pathTo))
    if (this.#isSocketPath(text)) return false
    if (this.#plain.size >= MOST_PATHS) this.#plain.clear()
    this.#plain.add(path)
    return true
  }
}
