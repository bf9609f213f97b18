/** The server as a process of its own, without pages. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const inProject = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url))

export interface ServerProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly exit: Promise<{ code: number | null; stdout: string; stderr: string }>
  /** Resolves with the port once it listens; rejects with its words when it ends before. */
  readonly listening: Promise<number>
}

export interface ProcessOptions {
  readonly env?: Record<string, string>
  /** Lines of a `.env` file in its working directory. */
  readonly dotEnv?: string
  /** A module that is loaded before the server. */
  readonly preload?: string
  /** What to start in place of the server: a file of the project, and its arguments. */
  readonly command?: readonly [string, ...string[]]
}

export function startProcess({
  env = {},
  dotEnv,
  preload,
  command: [file, ...args] = ['server/main.ts', '--no-pages'],
}: ProcessOptions = {}): ServerProcess {
  const cwd = mkdtempSync(join(tmpdir(), 'why1006-server-'))
  if (dotEnv !== undefined) writeFileSync(join(cwd, '.env'), dotEnv)
  const imports =
    preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`]
  const child = spawn(process.execPath, [...imports, inProject(file), ...args], {
    cwd,
    // Nothing of the environment of the tests, but for what makes the start quicker.
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const listening = Promise.withResolvers<number>()
  listening.promise.catch(() => {})
  const look = () => {
    const port = /listening on .*127\.0\.0\.1:(\d+)/.exec(stdout + stderr)?.[1]
    if (port !== undefined) listening.resolve(Number(port))
  }
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    look()
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    look()
  })
  const exit = new Promise<Awaited<ServerProcess['exit']>>((resolve) => {
    child.on('close', (code) => {
      listening.reject(new Error(stderr))
      resolve({ code, stdout, stderr })
    })
  })
  return { child, exit, listening: listening.promise }
}
