/**
 * The same pages and sockets over https, on a second port of this machine, for what a browser judges by the page's
 * scheme (mixed content). Nothing listens until somebody asks. The certificate is made in memory when it is needed
 * and never written anywhere: it vouches for nobody, so a browser warns, and it should.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { answerClientErrors, httpLimits } from '#server/wire/limits.ts'
import { type Listening, listen } from '#server/wire/listen.ts'

export interface SecurePageOptions {
  /** As in the configuration: loopback, whatever its name. */
  readonly host: string
  readonly request: (request: IncomingMessage, response: ServerResponse) => void
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** On each address that is bound. */
  readonly maxConnections: number
  /** The port is given up when nobody asked it for anything for so long. */
  readonly idleMs?: number
}

export interface SecurePage {
  /** Begins to listen, or goes on. Rejects with a `ListenError` where no port can be had. */
  open(): Promise<SecureAddress>
  /** `https://localhost:…` and its other names, while it listens. */
  readonly origins: ReadonlySet<string>
  close(): void
}

export interface SecureAddress {
  /** Scheme, name and port. */
  readonly origin: string
  /** PEM, for a probe that is to trust it. */
  readonly certificate: string
  readonly idleSeconds: number
}

const certificateDays = 2

export function createSecurePage(options: SecurePageOptions): SecurePage {
  const { host, idleMs = 30 * 60_000 } = options
  const names = host === 'localhost' ? ['localhost', '127.0.0.1', '::1'] : [host]
  const origins = new Set<string>()
  let opening: Promise<Opened> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const renew = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, idleMs)
    timer.unref()
  }

  const giveUp = () => {
    clearTimeout(timer)
    origins.clear()
    const ending = opening
    opening = undefined
    ending?.then(({ listening, server }) => {
      listening.stop()
      server.closeAllConnections()
    }, ignored)
  }

  const begin = async (): Promise<Opened> => {
    const pair = await makeCertificate(names)
    const server = createServer({ ...httpLimits(), ...pair })
    answerClientErrors(server)
    server.maxConnections = options.maxConnections
    server.on('request', (request, response) => {
      if (opening !== undefined) renew()
      options.request(request, response)
    })
    server.on('upgrade', options.upgrade)
    const listening = await listen(server, host, 0)
    for (const name of names) origins.add(originOf(name, listening.port))
    return { server, listening, certificate: pair.cert }
  }

  return {
    origins,
    open: async () => {
      if (isClosed) throw new Error('the server is shutting down')
      opening ??= begin()
      // A port that could not be had is asked for again next time.
      opening.catch(() => {
        opening = undefined
      })
      const { listening, certificate } = await opening
      renew()
      const origin = originOf(names[0] ?? host, listening.port)
      return { origin, certificate, idleSeconds: idleMs / 1000 }
    },
    close: () => {
      isClosed = true
      giveUp()
    },
  }
}

interface Opened {
  readonly server: Server
  readonly listening: Listening
  readonly certificate: string
}

const originOf = (name: string, port: number): string =>
  `https://${isIP(name) === 6 ? `[${name}]` : name}:${port}`

const ignored = () => {}

async function makeCertificate(names: readonly string[]): Promise<{ key: string; cert: string }> {
  // Only when asked for: its cryptography is a quarter of what a start loads.
  const { default: selfsigned } = await import('selfsigned')
  const notAfterDate = new Date()
  notAfterDate.setDate(notAfterDate.getDate() + certificateDays)
  const pem = await selfsigned.generate([{ name: 'commonName', value: 'why1006, for this machine alone' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return { key: pem.private, cert: pem.cert }
}
