/** Puts bytes of our own into one direction of an open connection, between two frames of it. */
import type { Lane } from '#server/lab/behaviour.ts'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'

export interface Injector {
  /** Forwards what the sender sent, up to the place where something is put in. */
  pass(bytes: Buffer): void
  /** Forwards these bytes as soon as no frame is under way, then calls back. */
  inject(bytes: Buffer, injected?: () => void): void
}

export function createInjector(lane: Lane): Injector {
  const cutter = createFrameCutter()
  let waiting: (() => void) | undefined

  const putIn = () => {
    const action = waiting
    waiting = undefined
    action?.()
  }
  return {
    pass: (bytes) => {
      for (const piece of cutter.push(bytes)) {
        lane.forward(piece.bytes)
        if (piece.ends) putIn()
      }
    },
    inject: (bytes, injected) => {
      waiting = () => {
        lane.forward(bytes)
        injected?.()
      }
      if (cutter.isBetweenFrames) putIn()
    },
  }
}
