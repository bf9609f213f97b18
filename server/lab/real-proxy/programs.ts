/**
 * Proxies as plain child processes in a temporary directory each. They end with this process: by us when it ends,
 * by the kernel when it crashes (parent-death signal), and a directory that was left behind goes next time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface RunningProgram {
  pid: number
  /** What it said on stdout and stderr so far, the last 16 KiB. */
  output: () => string
  exited: Promise<void>
}

const PREFIX = 'why1006-proxy-'
const MOST_OUTPUT = 16 * 1024
const START_MS = 10_000
const STOP_MS = 2000

export async function temporaryDirectory(): Promise<string> {
  await sweep()
  const directory = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  // A proxy that drops its privileges must still get in.
  await chmod(directory, 0o755)
  return directory
}

let swept: Promise<void> | undefined

/** Removes what processes that no longer exist have left. */
function sweep(): Promise<void> {
  swept ??= (async () => {
    for (const name of await readdir(tmpdir())) {
      const pid = name.startsWith(PREFIX) ? /^\d+(?=-)/.exec(name.slice(PREFIX.length))?.[0] : undefined
      if (pid !== undefined && !isAlive(Number(pid))) {
        await rm(path.join(tmpdir(), name), { recursive: true, force: true })
      }
    }
  })()
  return swept
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const SETPRIV = '/usr/bin/setpriv'

export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningProgram {
  const [command, ...rest] = existsSync(SETPRIV)
    ? [SETPRIV, '--pdeathsig', 'TERM', program, ...args]
    : [program, ...args]
  const child = spawn(command ?? program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that workers that outlive their master can be ended with it.
    detached: true,
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-MOST_OUTPUT)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return { pid: pidOf(child), output: () => output, exited }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the program did not start')
  return child.pid
}

/** @throws when the program ended or did not listen in time, with what it said */
export async function untilListening(port: number, program: RunningProgram): Promise<void> {
  let ended = false
  program.exited.then(() => {
    ended = true
  })
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && !ended; ) {
    if (await accepts(port)) return
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  throw new Error(`It ${ended ? 'ended' : 'did not listen'}: ${program.output()}`)
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** Sends a signal, unless it has ended already. */
export function signalProgram(program: RunningProgram, name: NodeJS.Signals): void {
  if (isAlive(program.pid)) process.kill(program.pid, name)
}

/** Asks it to end, and insists after a while. */
export async function stopProgram(program: RunningProgram, insistAfterMs = STOP_MS): Promise<void> {
  signalProgram(program, 'SIGTERM')
  const insist = setTimeout(() => signalProgram(program, 'SIGKILL'), insistAfterMs)
  await program.exited
  clearTimeout(insist)
  endGroup(program.pid)
}

/** Whoever is left of the program's process group; mostly nobody is. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody was left.
  }
}
