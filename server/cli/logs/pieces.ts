/** Logs as pieces of bytes, unpacked, whatever they come from: a file, a pipe, a device, standard input. */
import { createReadStream, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { setImmediate as othersTurn } from 'node:timers/promises'
import { HEAD_BYTES, isUtf16, refusalOf, unpackerOf } from '#server/cli/first-bytes.ts'

export const PIECE_BYTES = 256 << 10

export interface OpenedLog {
  /** Read by position: no pipe, no device, not packed. */
  readonly isPlainFile: boolean
  readonly isPacked: boolean
  /** Whether its parts can be read apart: a line end is a byte of its own. */
  readonly canBeCut: boolean
  readonly size: number
  /** For stamps without a year: the year of the file's last change. */
  readonly year: number
  /**
   * Gives its bytes to their end, or until the signal; a piece may be changed once the next one is asked for.
   * @throws the system's error, or one in a sentence where it is no log
   */
  pieces(signal?: AbortSignal): AsyncGenerator<Uint8Array>
}

/** @throws the system's error when the file can't be read, or one in a sentence where it is no log */
export async function openLog(path: string): Promise<OpenedLog> {
  const file = await open(path, 'r')
  try {
    const stats = await file.stat()
    const year = stats.mtime.getFullYear()
    // A pipe has no positions; reading from it here would lose its first bytes.
    if (!stats.isFile()) {
      const pieces = (signal?: AbortSignal) =>
        piecesOf(createReadStream(path, { highWaterMark: PIECE_BYTES }), signal)
      if (stats.isDirectory()) await file.read(new Uint8Array(1))
      return { isPlainFile: false, isPacked: false, canBeCut: false, size: 0, year, pieces }
    }
    const head = await headOf(file)
    const isPacked = unpackerOf(head) !== undefined
    const refusal = isPacked ? undefined : refusalOf(head)
    if (refusal !== undefined) throw new Error(refusal)
    const pieces = (signal?: AbortSignal) =>
      isPacked
        ? piecesOf(createReadStream(path, { highWaterMark: PIECE_BYTES }), signal)
        : rangeOf(path, 0, undefined, signal)
    const canBeCut = !isPacked && !isUtf16(head)
    return { isPlainFile: !isPacked, isPacked, canBeCut, size: stats.size, year, pieces }
  } finally {
    await file.close()
  }
}

async function headOf(file: FileHandle): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES)
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
  return head.subarray(0, bytesRead)
}

/** Read before others have their turn, such as a signal. */
const BYTES_A_TURN = 16 << 20

/**
 * The bytes from `from` on, up to `to` or the end; all in one buffer, one piece after the other. Each is read at once: a disk
 * is quicker than the way to a thread and back.
 */
export async function* rangeOf(
  path: string,
  from: number,
  to = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    // Looks for a line end four times as fast as an array of bytes does.
    const buffer = Buffer.allocUnsafe(PIECE_BYTES)
    for (let at = from; at < to && !signal?.aborted; ) {
      const read = readSync(file.fd, buffer, 0, Math.min(buffer.length, to - at), at)
      if (read === 0) return
      at += read
      yield buffer.subarray(0, read)
      if (at % BYTES_A_TURN < read) await othersTurn()
    }
  } finally {
    await file.close()
  }
}

/** A stream's bytes, unpacked where its first ones say that it is packed. */
export async function* piecesOf(stream: Readable, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = () => stream.destroy()
  signal?.addEventListener('abort', stop)
  try {
    yield* unpacked(bytesOf(stream))
  } catch (error) {
    // Destroyed by the signal: what was read counts.
    if (!signal?.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array)
}

async function* unpacked(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await pieces.next()
  if (first.done) return
  const head = first.value.subarray(0, HEAD_BYTES)
  const unpacker = unpackerOf(head)
  if (unpacker === undefined) {
    const refusal = refusalOf(head)
    if (refusal !== undefined) throw new Error(refusal)
    yield first.value
    yield* pieces
    return
  }
  async function* all() {
    yield first.value as Uint8Array
    yield* pieces
  }
  // An error goes to who reads from it.
  yield* pipeline(
    Readable.from(all()),
    unpacker,
    () => {},
  ) as AsyncIterable<Uint8Array> as AsyncGenerator<Uint8Array>
}
