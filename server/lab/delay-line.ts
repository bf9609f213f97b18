/**
 * Bytes that are under way: each chunk arrives at its own time, never before the one ahead of it. At most a
 * mebibyte is under way; then the sender is not read until some of it has arrived.
 */
import type { Lane, Line } from '#server/lab/behaviour.ts'

const greatestBytes = 1024 * 1024

export interface DelayLine {
  /** Delivers the bytes at that time of `line.now()`, or when all before them have been. */
  send(bytes: Buffer, dueMs: number): void
  /** Calls back when everything that was sent before has arrived. */
  whenEmpty(action: () => void): void
}

type Parcel =
  | { readonly dueMs: number; readonly bytes: Buffer }
  | { readonly dueMs: number; readonly action: () => void }

export function createDelayLine(line: Line, lane: Lane): DelayLine {
  const parcels: Parcel[] = []
  let bytesUnderWay = 0
  let waiting = false
  let release: (() => void) | undefined

  const deliver = (): void => {
    waiting = false
    for (let parcel = parcels[0]; parcel !== undefined && parcel.dueMs <= line.now(); parcel = parcels[0]) {
      parcels.shift()
      if ('action' in parcel) parcel.action()
      else {
        bytesUnderWay -= parcel.bytes.length
        lane.forward(parcel.bytes)
      }
    }
    if (bytesUnderWay < greatestBytes / 2) {
      release?.()
      release = undefined
    }
    wait()
  }

  const wait = () => {
    const [first] = parcels
    if (first === undefined || waiting) return
    waiting = true
    line.after(Math.max(0, first.dueMs - line.now()), deliver)
  }

  const push = (parcel: Parcel) => {
    const last = parcels.at(-1)
    parcels.push(last === undefined || last.dueMs <= parcel.dueMs ? parcel : { ...parcel, dueMs: last.dueMs })
    wait()
  }

  return {
    send: (bytes, dueMs) => {
      bytesUnderWay += bytes.length
      if (bytesUnderWay > greatestBytes) release ??= lane.hold()
      push({ bytes, dueMs })
    },
    whenEmpty: (action) => push({ action, dueMs: line.now() }),
  }
}
