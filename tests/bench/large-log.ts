/**
 * A large access log on the command line, beside an awk that only counts the 101s of the same file: in turn, the best of
 * each, with the peak memory of the process that reads.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MEGABYTES = Number(process.env.BENCH_MB ?? 1000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const WHY1006 = fileURLToPath(new URL('../../scripts/why1006.mjs', import.meta.url))

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0',
]
const PATHS = ['/', '/app.js', '/app/main.css', '/api/items/42?page=3', '/img/logo.svg', '/favicon.ico']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The same numbers at every run, from 0 to 1. */
function createChance(): () => number {
  let seed = 1
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
}

/** nginx: of a hundred lines three are tunnels, six in ten of them cut after a minute, and half a one is a refused handshake. */
async function write(file: string): Promise<number> {
  const chance = createChance()
  const out = await open(file, 'w')
  let [written, tunnels, timeMs] = [0, 0, Date.UTC(2026, 10, 20, 9)]
  while (written < MEGABYTES * 1e6) {
    const lines: string[] = []
    for (let count = 0; count < 4096; count++) {
      timeMs += chance() * 20
      const at = new Date(timeMs)
      const stamp = `${at.getUTCDate()}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`
      const head = `203.0.113.${Math.floor(chance() * 250)} - - [${stamp}]`
      const agent = AGENTS[Math.floor(chance() * AGENTS.length)]
      const kind = chance()
      if (kind < 0.03) {
        const age = (chance() < 0.6 ? 60 + chance() * 0.05 : chance() * 900).toFixed(3)
        tunnels++
        lines.push(`${head} "GET /ws HTTP/1.1" 101 ${Math.floor(chance() * 5000)} "-" "${agent}" rt=${age}\n`)
      } else if (kind < 0.035) {
        lines.push(`${head} "GET /ws HTTP/1.1" 502 157 "-" "${agent}" rt=0.003\n`)
      } else {
        const status = kind < 0.8 ? 200 : kind < 0.95 ? 304 : 404
        const path = PATHS[Math.floor(chance() * PATHS.length)]
        lines.push(
          `${head} "GET ${path} HTTP/1.1" ${status} ${Math.floor(chance() * 50_000)} "-" "${agent}" rt=0.003\n`,
        )
      }
    }
    const text = lines.join('')
    await out.write(text)
    written += text.length
  }
  await out.close()
  return tunnels
}

interface Run {
  readonly seconds: number
  readonly output: string
  readonly peakMegabytes: number
}

async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const begin = performance.now()
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  let peakMegabytes = 0
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, ...familyOf(child.pid ?? 0).map(peakOf))
  }, 20)
  const [code] = await once(child, 'close')
  clearInterval(watch)
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return { seconds: (performance.now() - begin) / 1000, output, peakMegabytes }
}

/** The process and those below it: the command starts the Node that it needs. */
function familyOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return [pid, ...children.flatMap((child) => familyOf(Number(child)))]
  } catch {
    return []
  }
}

/** As the kernel counts it; 0 where there is no /proc. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1000
  } catch {
    return 0
  }
}

const folder = await mkdtemp(join(tmpdir(), 'why1006-large-'))
try {
  const file = join(folder, 'access.log')
  const tunnels = await write(file)
  const { size } = await stat(file)
  const speeds: { awk: number[]; ours: number[]; peaks: number[] } = { awk: [], ours: [], peaks: [] }
  let report: { connections: number; lines: number } | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const counted = await run('awk', ['$9==101{n++}END{print n}', file], { LC_ALL: 'C' })
    if (Number(counted.output) !== tunnels) throw new Error(`awk counts ${counted.output} of ${tunnels}`)
    const ours = await run(process.execPath, [WHY1006, 'logs', '--json', file])
    report = JSON.parse(ours.output) as { connections: number; lines: number }
    speeds.awk.push(size / 1e6 / counted.seconds)
    speeds.ours.push(size / 1e6 / ours.seconds)
    speeds.peaks.push(ours.peakMegabytes)
  }
  const [awk, ours] = [Math.max(...speeds.awk), Math.max(...speeds.ours)]
  console.log(
    `${(size / 1e6).toFixed(0)} MB, ${report?.lines} lines, ${report?.connections} connections judged`,
  )
  console.log(`awk that counts the 101s: ${awk.toFixed(0)} MB/s`)
  console.log(`why1006 logs: ${ours.toFixed(0)} MB/s, ${(ours / awk).toFixed(2)} of that`)
  console.log(`peak memory: ${Math.max(...speeds.peaks).toFixed(0)} MB`)
} finally {
  await rm(folder, { recursive: true })
}
