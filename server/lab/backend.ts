/**
 * Backends beside the server's own port: the same door, endpoints and journal behind another port of loopback,
 * with one thing set differently. Started when first needed, and kept.
 */

import { createServer } from 'node:http'
import { loopbackHosts } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Config } from '#server/config/config.ts'
import { createSite, type Site } from '#server/config/site.ts'
import type { Backend, Backends } from '#server/lab/behaviour.ts'
import { createOwnProcesses } from '#server/lab/own-processes.ts'
import { createDoor, type DoorOptions } from '#server/sockets/upgrade.ts'
import { answerClientErrors, httpLimits } from '#server/wire/limits.ts'
import { listen } from '#server/wire/listen.ts'

/** What the other backends share with the server: its journal, sessions, limits. */
export interface BackendServices extends Omit<DoorOptions, 'pagesUpgrade' | 'lab'> {
  /** What a backend in a process of its own runs, a path: it is above the lab, which therefore does not know it. */
  readonly childProgram: string
}

export interface RunningBackends extends Backends {
  close(): void
}

export function createBackends(services: BackendServices): RunningBackends {
  const started = new Map<string, Promise<Running>>()
  const processes = createOwnProcesses(services.childProgram, configOfCopy(services), services.journal)
  let closed = false

  const once = (key: string, start: () => Promise<Running>): Promise<Backend> => {
    if (closed) return Promise.reject(new Error('the lab is closed'))
    const backend = started.get(key) ?? start()
    started.set(key, backend)
    // One that could not be started is tried anew the next time.
    backend.catch(() => started.delete(key))
    return backend
  }

  return {
    allowingNobody: (answer) =>
      once(`refusing ${answer}`, () => startBackend(services, { originRejection: answer }, (site) => site)),
    comparingOriginWithHost: () =>
      once('same host', () =>
        startBackend(services, { originRejection: 403 }, (site) => ({
          ...site,
          isAllowedOrigin: (origin, host) => URL.canParse(origin) && new URL(origin).host === host,
          explainOrigin: (origin, host) => ({
            reason: sentence`Origin ${origin} does not match Host ${host ?? ''}`,
            remedy: 'Let the proxy pass Origin and Host on as the client sent them.',
          }),
        })),
      ),
    inOwnProcess: async (line) => {
      const ownProcess = await processes.start()
      line.atEnd(ownProcess.end)
      return ownProcess
    },
    close: () => {
      closed = true
      processes.close()
      for (const backend of started.values()) backend.then(({ stop }) => stop()).catch(() => {})
    },
  }
}

/** The same settings on another port, where the pages of this server are still welcome. */
function configOfCopy({ config, site }: BackendServices): Config {
  const ownOrigins = loopbackHosts.map((name) => `http://${name}:${site.port}`)
  return {
    ...config,
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [...config.allowedOrigins, ...ownOrigins],
    publicBaseUrl: site.publicBaseUrl,
    wsPublicUrl: site.wsPublicUrl,
  }
}

interface Running extends Backend {
  stop(): void
}

async function startBackend(
  services: BackendServices,
  different: Partial<Config>,
  changeSite: (site: Site) => Site,
): Promise<Running> {
  const config: Config = {
    ...services.config,
    allowedOrigins: [],
    allowedHosts: [],
    publicBaseUrl: undefined,
    ...different,
  }
  const http = createServer(httpLimits())
  answerClientErrors(http)
  const host = '127.0.0.1'
  const { port, stop } = await listen(http, host, 0)
  const door = createDoor({
    ...services,
    config,
    site: changeSite(createSite(config, port)),
    pagesUpgrade: undefined,
    lab: undefined,
  })
  http.on('upgrade', door.upgrade)
  // A request without its Upgrade headers; nobody but a relay comes here.
  http.on('request', (_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end())
  return { host, port, stop }
}
