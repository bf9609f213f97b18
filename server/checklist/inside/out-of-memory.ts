/** Whether the kernel has killed processes for memory: its log where it may be read, the container's count else. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ok, unknown, warning } from '#lib/checklist/result.ts'
import type { InsideCheck } from '#server/checklist/tools.ts'

const run = promisify(execFile)
const timeoutMs = 2000
const mostLines = 5

export const outOfMemory: InsideCheck = {
  id: 'out-of-memory',
  run: async () => {
    const [lines, kills] = await Promise.all([kernelLines(), containerKills()])
    const facts = {
      ...(kills !== undefined && { kills_in_this_container: kills }),
      ...(lines !== undefined && lines.length > 0 && { lines: lines.slice(-mostLines) }),
    }
    if ((kills ?? 0) > 0)
      return warning(`The kernel killed ${kills} processes of this container for memory.`, facts)
    if (lines !== undefined && lines.length > 0) {
      return warning('The kernel log lists processes killed for memory.', facts)
    }
    if (lines === undefined && kills === undefined)
      return unknown('This user cannot read the kernel log or counters.')
    return ok('No out-of-memory kills visible to this user.', facts)
  },
}

/** Undefined where the log may not be read. */
async function kernelLines(): Promise<string[] | undefined> {
  try {
    const { stdout } = await run('dmesg', ['--ctime'], { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 })
    return stdout.split('\n').filter((line) => /out of memory|oom-kill|killed process/i.test(line))
  } catch {
    return undefined
  }
}

/** cgroup v2: `oom_kill N` in memory.events. */
async function containerKills(): Promise<number | undefined> {
  try {
    const text = await readFile('/sys/fs/cgroup/memory.events', 'utf8')
    const count = /^oom_kill (\d+)$/m.exec(text)?.[1]
    return count === undefined ? undefined : Number(count)
  } catch {
    return undefined
  }
}
