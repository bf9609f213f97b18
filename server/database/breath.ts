/** The event loop is given back after so long. */
const BREATHE_MS = 8

/** Gives the event loop back when it was held for long: to be awaited between two reads of one long work. */
export function createBreath(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < BREATHE_MS) return
    await new Promise(setImmediate)
    since = performance.now()
  }
}
