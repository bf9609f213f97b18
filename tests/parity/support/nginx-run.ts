/** The installed nginx with one configuration after another, in a folder of its own, and what it does with handshakes. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type RunningProgram,
  startProgram,
  stopProgram,
  untilListening,
} from '#server/lab/real-proxy/programs.ts'

export interface NginxRun {
  readonly folder: string
  /** What `nginx -t` says against it; undefined where it takes it. */
  readonly test: (text: string) => Promise<string | undefined>
  /** Runs it until `use` is done; `port` is one that it listens on. */
  readonly during: <T>(text: string, port: number, use: () => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** Before and around every configuration: nothing of it is of this machine. */
const MAIN = 'daemon off;\nmaster_process off;\npid logs/nginx.pid;\nevents { worker_connections 256; }\n'

export const wholeOf = (http: string): string => `${MAIN}http {\n${http}\n}\n`

export async function nginxRun(program: string): Promise<NginxRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'why1006-nginx-'))
  await mkdir(path.join(folder, 'logs'))
  const file = path.join(folder, 'nginx.conf')
  const place = ['-p', folder, '-c', file, '-e', path.join(folder, 'logs/error.log')]
  const run = (args: readonly string[]) =>
    new Promise<string | undefined>((resolve) => {
      execFile(program, [...args], (error, _, stderr) => resolve(error === null ? undefined : stderr))
    })
  return {
    folder,
    async test(text) {
      await writeFile(file, text)
      return run(['-t', '-q', ...place])
    },
    async during(text, port, use) {
      await writeFile(file, text)
      const running: RunningProgram = startProgram(program, place)
      try {
        await untilListening(port, running)
        return await use()
      } finally {
        await stopProgram(running)
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

export const versionOf = (program: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(program, ['-v'], (_, __, stderr) => resolve(/nginx\/([\d.]+)/.exec(stderr)?.[1] ?? ''))
  })

export interface Handshake {
  readonly port: number
  /** As it stands in the request line. */
  readonly path: string
  readonly host: string
}

/** What a browser would make of the answer; `closed` where there was none. */
export type Outcome =
  | { readonly opened: true }
  | { readonly opened: false; readonly status: number | 'closed' }

/** Asks as Firefox does. */
export async function handshake({ port, path: target, host }: Handshake): Promise<Outcome> {
  const request = http.request({
    host: '127.0.0.1',
    port,
    path: target,
    agent: false,
    headers: {
      host,
      origin: `http://${host}`,
      upgrade: 'websocket',
      connection: 'keep-alive, Upgrade',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    },
  })
  request.end()
  return new Promise((resolve) => {
    request.once('upgrade', ({ headers }, socket) => {
      socket.on('error', () => {})
      socket.destroy()
      const isRight =
        headers['sec-websocket-accept'] === 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' &&
        headers.upgrade?.toLowerCase() === 'websocket' &&
        /(^|[\s,])upgrade([\s,]|$)/i.test(headers.connection ?? '')
      resolve(isRight ? { opened: true } : { opened: false, status: 101 })
    })
    request.once('response', (response) => {
      response.resume()
      resolve({ opened: false, status: response.statusCode ?? 0 })
    })
    request.once('error', () => resolve({ opened: false, status: 'closed' }))
  })
}
