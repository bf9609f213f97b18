/** One set-up's servers: started in its own directory, ended together in reverse order. */

import { cpSync, mkdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  apacheConfig,
  caddyConfig,
  haproxyConfig,
  nginxConfig,
  type Paths,
} from '#server/lab/real-proxy/configs.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import {
  type RunningProgram,
  startProgram,
  stopProgram,
  temporaryDirectory,
  untilListening,
} from '#server/lab/real-proxy/programs.ts'
import { findProxy, type ProxyName } from '#tests/parity/support/packages.ts'

export interface Proxy {
  port: number
  url: string
  program: RunningProgram
  directory: string
  signal: (name: NodeJS.Signals) => void
}

export interface Place {
  port: number
  directory: string
}

export interface Command {
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
}

export interface Stage {
  nginx: (server: string, extra?: { http?: string; main?: string; tls?: true }) => Promise<Proxy>
  haproxy: (config: string) => Promise<Proxy>
  apache: (virtualHost: string, modules?: string[]) => Promise<Proxy>
  caddy: (site: string) => Promise<Proxy>
  /** Any program that listens at one port of 127.0.0.1, in a directory of its own. */
  program: (prepare: (at: Place) => Command & { files?: Readonly<Record<string, string>> }) => Promise<Proxy>
  /** A file of tests/parity/applications/servers, with its port as the first argument and `args` behind. */
  server: (file: string, ...args: string[]) => Promise<Proxy>
  /** The same, with a directory of its own between them. */
  serverIn: (file: string, ...args: string[]) => Promise<Proxy>
  /** Runs when the set-up ends. */
  defer: (end: () => unknown) => void
  /** Keeps a server that has a `close` until the end, and returns it. */
  keep: <T extends { close: () => unknown }>(server: T) => T
}

const SERVERS = fileURLToPath(new URL('../applications/servers/', import.meta.url))
const CERTIFICATES = fileURLToPath(new URL('../../fixtures/tls/', import.meta.url))

const ownServer = (file: string, ...args: string[]): Command => ({
  command: process.execPath,
  args: [path.join(SERVERS, file), ...args],
})

export async function onStage<T>(use: (stage: Stage) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = []
  const defer = (end: () => unknown) => {
    ends.push(end)
  }
  const program = async (prepare: Parameters<Stage['program']>[0], scheme = 'ws'): Promise<Proxy> => {
    const directory = await temporaryDirectory()
    defer(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }))
    const port = await freePort()
    const { command, args, env, files = {} } = prepare({ directory, port })
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(directory, file), text)
    const program = startProgram(command, args, env)
    defer(() => stopProgram(program))
    await untilListening(port, program)
    return {
      port,
      url: `${scheme}://127.0.0.1:${port}/ws`,
      program,
      directory,
      signal: (signal) => process.kill(program.pid, signal),
    }
  }
  const launch = async (
    name: ProxyName,
    scheme: string,
    prepare: (paths: Paths) => {
      files: Record<string, string>
      args: string[]
      env?: Record<string, string>
    },
  ): Promise<Proxy> => {
    const found = await findProxy(name)
    if ('missing' in found) throw new Error(found.missing)
    return program((at) => {
      mkdirSync(path.join(at.directory, 'www'))
      cpSync(CERTIFICATES, path.join(at.directory, 'tls'), { recursive: true })
      return { command: found.program, ...prepare({ ...at, asRoot: process.getuid?.() === 0 }) }
    }, scheme)
  }

  const stage: Stage = {
    program,
    server: (file, ...args) => program(({ port }) => ownServer(file, String(port), ...args)),
    serverIn: (file, ...args) =>
      program(({ port, directory }) => ownServer(file, String(port), directory, ...args)),
    defer,
    keep(server) {
      defer(() => server.close())
      return server
    },
    nginx: (server, extra = {}) =>
      launch('nginx', extra.tls ? 'wss' : 'ws', (paths) => nginxConfig(paths, server, extra)),
    haproxy: (config) => launch('haproxy', 'ws', (paths) => haproxyConfig(paths, config)),
    apache: (virtualHost, modules = []) =>
      launch('apache2', 'ws', (paths) => apacheConfig(paths, virtualHost, modules)),
    caddy: (site) => launch('caddy', 'ws', (paths) => caddyConfig(paths, site)),
  }
  try {
    return await use(stage)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
