/**
 * Faults on real proxies: a generated configuration, a temporary directory, a free port of loopback, a process
 * that lives as long as it is used and never longer than a while.
 */

import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import type { FaultCall } from '#lib/lab/address.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import type { Backend, Backends } from '#server/lab/behaviour.ts'
import {
  apacheConfig,
  caddyConfig,
  haproxyConfig,
  nginxConfig,
  type Paths,
  type Prepared,
} from '#server/lab/real-proxy/configs.ts'
import { freePort } from '#server/lab/real-proxy/free-port.ts'
import { type InstalledProxy, installedProxies } from '#server/lab/real-proxy/installed.ts'
import {
  type RunningProgram,
  signalProgram,
  startProgram,
  stopProgram,
  temporaryDirectory,
  untilListening,
} from '#server/lab/real-proxy/programs.ts'
import { type Recipe, recipeFor, upstreamText } from '#server/lab/real-proxy/recipes.ts'

export type RealProxyProblem = 'not-installed' | 'not-shown-by-this-proxy' | 'too-many' | 'did-not-start'

/** Why a real proxy cannot be had; the message is for people. */
export class RealProxyError extends Error {
  readonly code: RealProxyProblem
  constructor(code: RealProxyProblem, message: string) {
    super(message)
    this.name = 'RealProxyError'
    this.code = code
  }
}

export interface RealProxy {
  readonly id: string
  /** `nginx 1.22.1`. */
  readonly label: string
  readonly port: number
  /** The part of the configuration that makes the fault. */
  readonly excerpt: string
  /** The whole of it. */
  readonly config: string
  /** When it ends by itself, from its start. */
  readonly lifetimeSeconds: number
}

export interface RealProxies {
  installed(): Promise<readonly InstalledProxy[]>
  /** Rejects with a `RealProxyError`. */
  start(kind: RealProxyKind, call: FaultCall): Promise<RealProxy>
  /** False where there is none of this id. */
  stop(id: string): Promise<boolean>
  close(): Promise<void>
}

export interface RealProxiesOptions {
  readonly ownServer: Backend
  readonly backends: Pick<Backends, 'comparingOriginWithHost'>
  readonly limit?: number
  readonly lifetimeMs?: number
}

interface Running {
  readonly end: (insistAfterMs?: number) => Promise<void>
}

/** The whole server has five seconds to end. */
const insistAtCloseMs = 300

export function createRealProxies(options: RealProxiesOptions): RealProxies {
  const { limit = 8, lifetimeMs = 15 * 60_000 } = options
  const running = new Map<string, Running>()
  let starting = 0
  let closed = false

  const stop = async (id: string, insistAfterMs?: number) => {
    const proxy = running.get(id)
    running.delete(id)
    await proxy?.end(insistAfterMs)
    return proxy !== undefined
  }

  const start = async (kind: RealProxyKind, call: FaultCall): Promise<RealProxy> => {
    const found = (await installedProxies()).find((proxy) => proxy.kind === kind)
    if (found === undefined) throw new RealProxyError('not-installed', `${kind} is not installed here`)
    const recipe = recipeFor(kind, call)
    if (recipe === undefined) {
      const message = `${found.label} cannot be set up to show ${call.fault} with these knobs`
      throw new RealProxyError('not-shown-by-this-proxy', message)
    }
    if (running.size + starting >= limit) {
      throw new RealProxyError('too-many', `${limit} proxies are already running`)
    }
    starting += 1
    try {
      const { proxy, end } = await launch(found, recipe, options)
      if (closed) {
        await end(insistAtCloseMs)
        throw new RealProxyError('did-not-start', 'The server is shutting down')
      }
      const timer = setTimeout(() => void stop(proxy.id), lifetimeMs)
      timer.unref()
      running.set(proxy.id, {
        end: (insistAfterMs) => {
          clearTimeout(timer)
          return end(insistAfterMs)
        },
      })
      return { ...proxy, lifetimeSeconds: lifetimeMs / 1000 }
    } finally {
      starting -= 1
    }
  }

  return {
    installed: installedProxies,
    start,
    stop: (id) => stop(id),
    close: async () => {
      closed = true
      await Promise.all([...running.keys()].map((id) => stop(id, insistAtCloseMs)))
    },
  }
}

async function launch(found: InstalledProxy, recipe: Recipe, options: RealProxiesOptions) {
  const upstream = await openUpstream(recipe.upstream, options)
  const directory = await temporaryDirectory()
  let program: RunningProgram | undefined
  let reload: NodeJS.Timeout | undefined
  const end = async (insistAfterMs?: number) => {
    clearTimeout(reload)
    if (program) await stopProgram(program, insistAfterMs)
    upstream.close()
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const port = await freePort()
    const excerpt = recipe.config
      .replaceAll('{upstream}', upstreamText(upstream))
      .replaceAll('{port}', String(port))
      .replaceAll('{directory}', directory)
    const { files, args, env } = prepare(
      found,
      { ...recipe, config: excerpt },
      { directory, port, asRoot: process.getuid?.() === 0 },
    )
    await mkdir(path.join(directory, 'www'))
    await writeFile(path.join(directory, 'www', 'index.html'), indexPage)
    // For auth_basic: nobody's name and password.
    await writeFile(path.join(directory, 'users'), '')
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(directory, file), text)
    program = startProgram(found.program, args, env)
    await untilListening(port, program)
    if (recipe.spendsFirstRequest) await fetch(`http://127.0.0.1:${port}/health`)
    const started = program
    if (recipe.reloadAfterMs !== undefined) {
      reload = setTimeout(() => signalProgram(started, 'SIGHUP'), recipe.reloadAfterMs)
    }
    const id = randomBytes(6).toString('hex')
    return { proxy: { id, label: found.label, port, excerpt, config: Object.values(files).join('\n') }, end }
  } catch (error) {
    await end()
    throw new RealProxyError(
      'did-not-start',
      `${found.label}: ${error instanceof Error ? error.message : error}`,
    )
  }
}

const indexPage =
  '<!doctype html><html><head><title>app</title></head><body><div id="root"></div></body></html>\n'

function prepare({ kind }: InstalledProxy, recipe: Recipe, paths: Paths): Prepared {
  switch (kind) {
    case 'nginx':
      return nginxConfig(paths, recipe.config, {
        ...(recipe.http !== undefined && { http: recipe.http }),
        ...(recipe.main !== undefined && { main: recipe.main }),
      })
    case 'haproxy':
      return haproxyConfig(paths, recipe.config)
    case 'apache':
      return apacheConfig(paths, recipe.config, [...(recipe.modules ?? [])])
    case 'caddy':
      return caddyConfig(paths, recipe.config)
  }
}

interface Upstream extends Backend {
  close(): void
}

async function openUpstream(kind: Recipe['upstream'], options: RealProxiesOptions): Promise<Upstream> {
  const kept = (backend: Backend): Upstream => ({ host: backend.host, port: backend.port, close: () => {} })
  if (kind === 'own') return kept(options.ownServer)
  if (kind === 'comparing-origin') return kept(await options.backends.comparingOriginWithHost())
  if (kind === 'nobody') return kept({ host: '127.0.0.1', port: await freePort() })
  return openSilent()
}

/** Takes connections and says nothing. */
function openSilent(): Promise<Upstream> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.resume()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ host: '127.0.0.1', port, close: () => server.close() })
    })
  })
}
