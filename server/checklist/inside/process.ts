/** Memory, processor, event loop and descriptors of this process: what random drops during use come from. */
import { readdir, readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { ok, unknown, warning } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

const sampleMs = 300
/** A loop that is this late misses heartbeats of a second. */
const longestDelayMs = 200
const busyPercent = 85
/** Of the limit, in use. */
const crowdedShare = 0.8

export const memory: InsideCheck = {
  id: 'memory',
  run: async () => {
    const { rss, heapUsed } = process.memoryUsage()
    const limit = process.constrainedMemory()
    const facts = {
      rss_mebibytes: mebibytes(rss),
      heap_mebibytes: mebibytes(heapUsed),
      ...(limit > 0 && limit < Number.MAX_SAFE_INTEGER && { limit_mebibytes: mebibytes(limit) }),
    }
    return limit > 0 && rss > limit * crowdedShare
      ? warning(
          `The process uses over ${crowdedShare * 100}% of its memory limit. The kernel kills it at the limit.`,
          facts,
        )
      : ok(`The process uses ${facts.rss_mebibytes} MiB.`, facts)
  },
}

export const processor: InsideCheck = {
  id: 'processor',
  run: async () => {
    const delay = monitorEventLoopDelay({ resolution: 20 })
    const before = process.cpuUsage()
    const startedAt = performance.now()
    delay.enable()
    await new Promise((resolve) => setTimeout(resolve, sampleMs))
    delay.disable()
    const { user, system } = process.cpuUsage(before)
    const percent = Math.round((user + system) / 10 / (performance.now() - startedAt))
    // The histogram counts from one tick to the next, so its resolution is in every value.
    const longestMs = Math.max(0, Math.round(delay.max / 1e6 - 20))
    const facts = { processor_percent: percent, event_loop_delay_max_ms: longestMs, sampled_ms: sampleMs }
    if (longestMs > longestDelayMs) {
      return warning(
        `The event loop was blocked for ${longestMs} ms. Heartbeats arrive late, and clients give up.`,
        facts,
      )
    }
    if (percent > busyPercent) return warning(`The process keeps ${percent}% of a core busy.`, facts)
    return ok(`${percent}% of a core in use, event loop at most ${longestMs} ms late.`, facts)
  },
}

export const descriptors: InsideCheck = {
  id: 'descriptors',
  run: async () => {
    try {
      const [open, limits] = await Promise.all([
        readdir('/proc/self/fd'),
        readFile('/proc/self/limits', 'utf8'),
      ])
      const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
      const facts = { open: open.length, ...(Number.isFinite(limit) && { limit }) }
      return open.length > limit * crowdedShare
        ? warning(
            `${open.length} of ${limit.toLocaleString('en')} file descriptors are in use. At the limit, no connection is accepted.`,
            facts,
          )
        : ok(
            `${open.length}${Number.isFinite(limit) ? ` of ${limit.toLocaleString('en')}` : ''} file descriptors in use.`,
            facts,
          )
    } catch {
      return unknown('Not available on this system (no /proc).')
    }
  },
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024)
