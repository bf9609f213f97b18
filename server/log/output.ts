/**
 * Lines on their way to stdout: joined into one string and written every 20 ms or 64 KiB, which costs a
 * quarter of a write per line. Written through the thread pool, because `process.stdout` blocks the whole
 * process on a pipe that nobody reads; what a slow reader does not take is bounded, dropped, and told.
 * Not sonic-boom 5.0.2: it hands dropped text back uncounted, so the report stays ours, and took twice the processor.
 */
import { write } from 'node:fs'

const flushEveryMs = 20
const flushAboveCharacters = 64 * 1024
const defaultLimit = 8 * 1024 * 1024
const retryMs = 20
const flushMs = 500

export interface Output {
  write(lines: string): void
  /** Resolves when everything has been written, or after half a second with a reader that takes nothing. */
  flush(): Promise<void>
}

/**
 * `describeLoss` makes a line, with its line break, of how many lines were dropped because more than `limit`
 * characters were waiting.
 */
export function createOutput(
  fileDescriptor: number,
  describeLoss: (lines: number) => string,
  limit = defaultLimit,
): Output {
  let waiting = ''
  let droppedLines = 0
  /** What the kernel has not taken yet; one write at a time keeps the order. */
  let unwritten: Buffer | undefined
  let isWriting = false
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const schedule = (delayMs: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      send()
    }, delayMs)
    timer.unref()
  }

  const takeWaiting = () => {
    const lines = droppedLines > 0 ? waiting + describeLoss(droppedLines) : waiting
    droppedLines = 0
    waiting = ''
    return lines === '' ? undefined : Buffer.from(lines)
  }

  const send = () => {
    if (isWriting || isClosed) return
    unwritten ??= takeWaiting()
    const chunk = unwritten
    if (chunk === undefined) return
    isWriting = true
    write(fileDescriptor, chunk, 0, chunk.length, null, (error, written) => {
      isWriting = false
      if (error && error.code !== 'EAGAIN') {
        // Whoever read the log has gone (EPIPE): the server goes on without it.
        isClosed = true
        unwritten = undefined
        waiting = ''
        return
      }
      const rest = chunk.subarray(error ? 0 : written)
      unwritten = rest.length > 0 ? rest : undefined
      if (error) schedule(retryMs)
      else if (unwritten) send()
      else if (waiting !== '') schedule(flushEveryMs)
    })
  }

  return {
    write: (lines) => {
      if (isClosed) return
      if (waiting.length + lines.length > limit) {
        droppedLines += lines.split('\n').length - 1
        return
      }
      waiting += lines
      if (waiting.length >= flushAboveCharacters) send()
      else schedule(flushEveryMs)
    },
    flush: async () => {
      const giveUpAt = performance.now() + flushMs
      while (!isClosed && (unwritten !== undefined || waiting !== '') && performance.now() < giveUpAt) {
        send()
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    },
  }
}
