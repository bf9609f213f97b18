import type { CDPSession, Page } from 'playwright/test'
import { livePage } from './support/live-page.ts'
import { startLoad } from './support/load.ts'
import { expect, test } from './support/test.ts'

// Recording a trace costs the page what is to be measured.
test.use({ trace: 'off' })

const seconds = (count: number) => count * 1000

test('eight fast heartbeats and 1,000 events a second leave the page smooth and its memory flat @bench', async ({
  page,
  mortal,
}) => {
  test.setTimeout(120_000)
  const idleFrames = await framesPerSecond(page, seconds(3))
  const live = livePage(page)
  await live.open(mortal)
  for (let index = 0; index < 8; index++) {
    await live.connect(`${mortal.wsOrigin}/ws/health`, { interval: '0.2', timeout: '0.19' })
  }
  await expect(live.connections.getByText('open', { exact: true })).toHaveCount(8)
  const stopLoad = await startLoad(mortal, { connections: 100, intervalSeconds: 0.1 })
  const session = await page.context().newCDPSession(page)
  await observeLongTasks(page)

  await page.waitForTimeout(seconds(5))
  await markStart(page)
  await page.waitForTimeout(seconds(5))
  const long = await longTasks(page)
  const early = await heapBytes(page, session)
  // The forced collections are no tasks of the page's own: measuring goes on after them.
  await markStart(page)
  const frames = await framesPerSecond(page, seconds(18))
  long.push(...(await longTasks(page)))
  const late = await heapBytes(page, session)
  await stopLoad()

  const mb = (bytes: number) => (bytes / 1e6).toFixed(1)
  process.stdout.write(
    `\n${frames.toFixed(1)} frames/s, an empty page ${idleFrames.toFixed(1)}, ratio ${(frames / idleFrames).toFixed(2)}\n` +
      `heap ${mb(early)} → ${mb(late)} MB, ratio ${(late / early).toFixed(2)}\n` +
      `tasks over 50 ms: ${long.map(Math.round).join(', ') || 'none'}\n`,
  )
  expect(long, 'tasks over 50 ms').toEqual([])
  expect(frames / idleFrames).toBeGreaterThanOrEqual(55 / 60)
  expect(late / early).toBeLessThanOrEqual(1.1)
})

function framesPerSecond(page: Page, forMs: number): Promise<number> {
  return page.evaluate(
    (durationMs) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now()
        let frames = 0
        const count = () => {
          frames++
          const elapsedMs = performance.now() - startedAt
          if (elapsedMs < durationMs) requestAnimationFrame(count)
          else resolve((frames * 1000) / elapsedMs)
        }
        requestAnimationFrame(count)
      }),
    forMs,
  )
}

async function observeLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const found: { startTime: number; duration: number }[] = []
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) found.push({ startTime, duration })
    }).observe({ type: 'longtask' })
    Object.assign(window, { longTasks: found })
  })
}

function markStart(page: Page): Promise<void> {
  return page.evaluate(() => {
    performance.clearMarks()
    performance.mark('measured from here')
  })
}

/** Durations in ms since the last mark. */
function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const from = performance.getEntriesByName('measured from here')[0]?.startTime ?? 0
    const { longTasks: found } = window as unknown as { longTasks: { startTime: number; duration: number }[] }
    return found.filter(({ startTime }) => startTime > from).map(({ duration }) => duration)
  })
}

/**
 * The least of six readings 100 ms apart: one that falls into the drawing of a frame finds up to a megabyte that is
 * gone with the frame.
 */
async function heapBytes(page: Page, session: CDPSession): Promise<number> {
  const readings: number[] = []
  while (readings.length < 6) {
    if (readings.length > 0) await page.waitForTimeout(100)
    // What one collection finds to be unused by finalizers and weak references, the next one frees.
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage')
    readings.push((await session.send('Runtime.getHeapUsage')).usedSize)
  }
  return Math.min(...readings)
}
