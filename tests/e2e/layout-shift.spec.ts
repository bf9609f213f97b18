/** Nothing on a page jumps: what a browser counts as layout shift stays below a hundredth in every state. */
import type { Page } from 'playwright/test'
import { livePage } from './support/live-page.ts'
import { scenes } from './support/scenes.ts'
import { brokenNetwork, expect, test } from './support/test.ts'

test.use({ expectedConsole: { allow: [...brokenNetwork.allow, /status of 404/] } })

/** Good is below 0.1; this is what nobody sees. */
const most = 0.01

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

for (const [name, scene] of Object.entries(scenes)) {
  for (const size of sizes) {
    test(`nothing jumps: ${name}, ${size.width} px @more`, async ({ page, server }) => {
      test.setTimeout(180_000)
      await page.setViewportSize(size)
      await page.addInitScript(watchShifts)
      const done = await scene({ page, server, live: livePage(page) })
      await page.waitForLoadState('networkidle')
      const shifts = await shiftsOf(page)
      expect(worstOf(shifts), JSON.stringify(shifts, null, 1)).toBeLessThan(most)
      await done?.()
    })
  }
}

/** Cumulative layout shift: the most within five seconds in which no second passes without one. */
function worstOf(shifts: readonly Shift[]): number {
  let worst = 0
  let sum = 0
  let first = 0
  let last = Number.NEGATIVE_INFINITY
  for (const { at, value } of shifts) {
    const isSame = at - last < 1000 && at - first < 5000
    if (!isSame) first = at
    sum = isSame ? sum + value : value
    last = at
    worst = Math.max(worst, sum)
  }
  return worst
}

interface Shift {
  /** Milliseconds since the page was opened. */
  at: number
  value: number
  /** What moved, and between which heights of the window. */
  moved: string[]
}

declare global {
  interface Window {
    shifts: Shift[]
  }
}

/**
 * Runs in the page before all else. What follows an input within half a second is expected by whoever made it: a browser
 * leaves it out by itself, but does not take for an input what a test fills in.
 */
function watchShifts(): void {
  let filledAt = Number.NEGATIVE_INFINITY
  addEventListener('input', () => (filledAt = performance.now()), { capture: true })
  interface LayoutShift extends PerformanceEntry {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
  }
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const { startTime: at, value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      if (hadRecentInput || (at >= filledAt && at < filledAt + 500)) continue
      const moved = sources.map(({ node, previousRect: from, currentRect: to }) => {
        const text = node?.textContent?.trim().slice(0, 40) ?? 'gone'
        return `${text}: ${Math.round(from.x)},${Math.round(from.y)} → ${Math.round(to.x)},${Math.round(to.y)}`
      })
      window.shifts.push({ at, value, moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Once the frames that are under way were drawn. */
const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(
    () =>
      new Promise<Shift[]>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts)))),
      ),
  )
