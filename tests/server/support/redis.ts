/** A redis-server or valkey-server of this machine, with a folder and a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type RedisProgram = 'redis-server' | 'valkey-server'

/** Where the program is installed; undefined where it is not. */
export const redisProgram = (name: RedisProgram): string | undefined =>
  ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => join(folder, name)).find(existsSync)

export interface RedisServer {
  readonly url: string
  readonly port: number
  /** Without ceremony, as a crash does; or frozen, so that connections stay and nobody answers. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
  /** On the same port, with what it kept. */
  start(): Promise<void>
  /** Ends it, and removes its folder. */
  close(): Promise<void>
}

/** @param settings as its command line takes them; without any it keeps nothing */
export async function startRedis(
  program: string,
  settings: readonly string[] = ['--appendonly', 'no'],
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'why1006-redis-'))
  const port = await freePort()
  let child: ChildProcess | undefined

  const start = async () => {
    const place = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    const started = spawn(program, [...place, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] })
    child = started
    let said = ''
    await new Promise<void>((resolve, reject) => {
      started.stdout?.on('data', (text) => {
        said += text
        if (/Ready to accept connections/i.test(said)) resolve()
      })
      started.once('exit', () => reject(new Error(said)))
    })
  }
  const ended = (of: ChildProcess) =>
    of.exitCode !== null || of.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => of.once('exit', () => resolve()))
  const signal = async (name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => {
    const of = child
    if (of === undefined) return
    of.kill(name)
    if (name === 'SIGKILL') await ended(of)
  }
  await start()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    signal,
    start,
    close: async () => {
      await signal('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
