/** Logs of any size among the files, read in pieces so that a verdict shows long before their end. For the worker alone. */
import { createLargeLogs, type LargeLogs } from '#lib/intake/large-log.ts'
import { LONGEST_TEXT } from '#lib/intake/read.ts'
import { createLogScanner } from '#lib/logs/scanner.ts'
import type { Attachment } from './attachments.ts'

export interface LargeProgress {
  readonly bytes: number
  readonly ofBytes: number
  readonly lines: number
}

const GLIMPSE_BYTES = 256 * 1024
/** A verdict is worth its time when something new may be in it. */
const FIRST_AFTER_MS = 250
const NEXT_AFTER_MS = 2000

/** Packed, or larger than what is read as text; and most of its first lines are those of a log. */
export async function isLargeLog(content: Blob): Promise<boolean> {
  const isPacked = await isGzip(content)
  if (!isPacked && content.size <= LONGEST_TEXT) return false
  const scanner = createLogScanner()
  const into = scanner.open('')
  await readPieces(content.slice(0, GLIMPSE_BYTES), isPacked, (piece) => {
    into.push(piece)
    return true
  }).catch(() => {})
  const { understood, lines } = scanner.summary()
  return understood > lines / 2
}

/**
 * @param onProgress as it goes on, at times with what they tell so far
 * @param isStopped asked before each piece
 * @throws Error in a sentence
 */
export async function readLarge(
  files: readonly Attachment[],
  onProgress: (progress: LargeProgress, tell: () => LargeLogs) => void,
  isStopped: () => boolean,
): Promise<LargeLogs> {
  const logs = createLargeLogs()
  const ofBytes = files.reduce((sum, { content }) => sum + content.size, 0)
  let before = 0
  let nextAt = performance.now() + FIRST_AFTER_MS
  for (const { file, content } of files) {
    const into = logs.open(file)
    const reading = readPieces(content, await isGzip(content), (piece, read) => {
      into.push(piece)
      if (performance.now() >= nextAt) {
        onProgress({ bytes: before + read, ofBytes, lines: logs.progress().lines }, logs.tell)
        nextAt = performance.now() + NEXT_AFTER_MS
      }
      return !isStopped()
    })
    await reading.catch((error: unknown) => {
      throw new Error(`${file} was read to line ${logs.progress().lines} and no further: ${wordsOf(error)}`)
    })
    into.end()
    before += content.size
  }
  return logs.tell()
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function isGzip(content: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await content.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

/** @param take given each piece, and how much of the content was read for it; false ends it */
async function readPieces(
  content: Blob,
  isPacked: boolean,
  take: (piece: Uint8Array, read: number) => boolean,
): Promise<void> {
  let read = 0
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, control) {
      read += piece.length
      control.enqueue(piece)
    },
  })
  const bytes = content.stream().pipeThrough(counted)
  const reader = (isPacked ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    if (!take(value, read)) return reader.cancel()
  }
}
