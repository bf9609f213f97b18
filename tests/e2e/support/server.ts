/** The real server as a child process: started on a free port, killed as a machine would, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '#server/lab/real-proxy/free-port.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const readyWithinMs = 60_000

export interface TestServer {
  readonly port: number
  /** http://localhost:port */
  readonly origin: string
  /** ws://localhost:port */
  readonly wsOrigin: string
  /** Everything it printed so far. */
  output(): string
  /** What it wrote to stdout so far. */
  stdout(): string
  /** SIGKILL: no close frames, no goodbye. */
  kill(): Promise<void>
  /** SIGTERM: every client gets 1001. */
  stop(): Promise<void>
  /** SIGSTOP: its sockets stay open and nothing answers, as on a machine that hangs. */
  freeze(): void
  /** SIGCONT after `freeze`. */
  thaw(): void
  /** Starts it again on the same port, after `kill` or `stop`. */
  restart(): Promise<void>
}

interface Build {
  /** Where the project lies. */
  folder: string
  /** Development compiles each page when it is asked for. */
  mode: 'production' | 'development'
}

/** @param env variables on top of this process's; PORT and NODE_ENV are set here. */
export async function startServer(
  env: Record<string, string> = {},
  { folder, mode }: Build = { folder: root, mode: 'production' },
): Promise<TestServer> {
  const port = await freePort()
  let printed = ''
  let written = ''
  let child = await launch()

  async function launch(): Promise<ChildProcess> {
    const started = spawn(process.execPath, ['server/main.ts'], {
      cwd: folder,
      env: { ...process.env, ...env, NODE_ENV: mode, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (printed += chunk))
    started.stdout.on('data', (chunk) => (written += chunk))
    await untilHealthy(port, started, () => printed)
    return started
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    port,
    origin: `http://localhost:${port}`,
    wsOrigin: `ws://localhost:${port}`,
    output: () => printed,
    stdout: () => written,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    restart: async () => {
      child = await launch()
    },
  }
}

async function untilHealthy(port: number, child: ChildProcess, printed: () => string): Promise<void> {
  const deadline = performance.now() + readyWithinMs
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${printed()}`)
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server was not ready within ${readyWithinMs} ms:\n${printed()}`)
}
