/**
 * Lines on their way to stdout: joined into one string and written every 20 ms or 64 KiB, which costs a
 * quarter of a write per line. Written through the thread pool, because `process.stdout` blocks the whole
 * process on a pipe that nobody reads; what a slow reader does not take is bounded, dropped, and told.
 */
import { write, writeSync } from 'node:fs'

const flushEveryMs = 20
const flushAboveCharacters = 64 * 1024
const keepAtMostCharacters = 8 * 1024 * 1024
const retryMs = 20

export interface Output {
  write(lines: string): void
  /** Writes what is left, at once and blocking, for at most half a second. */
  flush(): void
}

export function createOutput(fileDescriptor: number): Output {
  let waiting = ''
  let droppedLines = 0
  let inFlight: Buffer | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const schedule = (delayMs: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      send()
    }, delayMs)
    timer.unref()
  }

  const send = () => {
    if (inFlight === undefined) {
      if (waiting === '') return
      if (droppedLines > 0) {
        waiting += `[WS_DIAGNOSTICS] ${droppedLines} lines dropped, because nobody read the log fast enough\n`
        droppedLines = 0
      }
      inFlight = Buffer.from(waiting)
      waiting = ''
    }
    const chunk = inFlight
    write(fileDescriptor, chunk, 0, chunk.length, null, (error, written) => {
      if (error && error.code !== 'EAGAIN') {
        // Whoever read the log has gone (EPIPE): the server goes on without it.
        closed = true
        inFlight = undefined
        waiting = ''
        return
      }
      const rest = chunk.subarray(error ? 0 : written)
      inFlight = rest.length > 0 ? rest : undefined
      if (error) schedule(retryMs)
      else if (inFlight) send()
      else if (waiting !== '') schedule(flushEveryMs)
    })
  }

  return {
    write: (lines) => {
      if (closed) return
      if (waiting.length + lines.length > keepAtMostCharacters) {
        droppedLines += lines.split('\n').length - 1
        return
      }
      waiting += lines
      if (inFlight !== undefined) return
      if (waiting.length >= flushAboveCharacters) send()
      else schedule(flushEveryMs)
    },
    flush: () => {
      if (closed) return
      const giveUpAt = performance.now() + 500
      let rest = Buffer.concat([inFlight ?? Buffer.alloc(0), Buffer.from(waiting)])
      waiting = ''
      inFlight = undefined
      while (rest.length > 0 && performance.now() < giveUpAt) {
        try {
          rest = rest.subarray(writeSync(fileDescriptor, rest))
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return
        }
      }
    },
  }
}
