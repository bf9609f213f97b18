/** Listening: on one address, or on both loopback addresses with one port between them. */
import { createServer, type Server, type Socket } from 'node:net'

export interface Listening {
  readonly port: number
  /** The addresses that were bound, as a URL writes them. */
  readonly addresses: readonly string[]
  /** Accepts no more connections. Open ones stay. */
  stop(): void
}

/** The address or port could not be had. The message is for people. */
export class ListenError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'ListenError'
    this.code = code
  }
}

/** With port 0 the second address may find the port taken; then another pair is tried. */
const attempts = 10

/**
 * `localhost` binds 127.0.0.1 and, where the machine has it, ::1; any other host is bound as it stands. The server's
 * `maxConnections` holds on each address.
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  if (host !== 'localhost') {
    const bound = await bind(server, host, port)
    return { port: bound, addresses: [host.includes(':') ? `[${host}]` : host], stop: () => server.close() }
  }
  for (let attempt = 1; ; attempt += 1) {
    const bound = await bind(server, '127.0.0.1', port)
    // One server listens once, so the second listener hands its connections to it.
    const second = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) =>
      server.emit('connection', socket),
    )
    second.maxConnections = server.maxConnections
    try {
      await bind(second, '::1', bound)
      const stop = () => {
        server.close()
        second.close()
      }
      return { port: bound, addresses: ['127.0.0.1', '[::1]'], stop }
    } catch (error) {
      const code = error instanceof ListenError ? error.code : ''
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
        return { port: bound, addresses: ['127.0.0.1'], stop: () => server.close() }
      }
      await new Promise((resolve) => server.close(resolve))
      if (port !== 0 || code !== 'EADDRINUSE' || attempt === attempts) throw error
    }
  }
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(explain(error, host, port))
    server.once('error', fail)
    // All addresses of IPv6 are those of IPv4 too; ::1 leaves 127.0.0.1 to its own listener.
    server.listen({ host, port, ipv6Only: host !== '::' }, () => {
      server.off('error', fail)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const code = error.code ?? 'unknown'
  if (code === 'EADDRINUSE') {
    return new ListenError(
      code,
      `PORT=${port} is in use on ${host}. Stop the other program or set another PORT.`,
    )
  }
  if (code === 'EACCES') {
    return new ListenError(code, `PORT=${port} needs rights that this user lacks. Allowed: 1024 to 65535.`)
  }
  if (code === 'EADDRNOTAVAIL')
    return new ListenError(code, `HOST=${host} is not an address of this machine.`)
  return new ListenError(code, `Cannot listen on ${host}, port ${port}: ${error.message}`)
}
