'use client'
/** How far this browser has come in each scenario, for the list of them: the walk's five letters. */

const key = (scenario: string) => `why1006.progress.${scenario}`

export function noteProgress(scenario: string, walk: string): void {
  try {
    localStorage.setItem(key(scenario), walk)
  } catch {
    // Full or forbidden: then the list tells of no progress.
  }
}

/** Null where nothing was done, or where the browser keeps nothing. */
export function progressOf(scenario: string): string | null {
  try {
    return localStorage.getItem(key(scenario))
  } catch {
    return null
  }
}
