/** Backends behind (or instead of) the proxies: real ones on `ws` and `node:http`, and raw ones with a fault. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import {
  accept,
  answer,
  headerIn,
  type RawServer,
  rawServer,
  type Script,
  switching,
} from '#tests/server/probe/support/raw-server.ts'

export interface Backend {
  port: number
  url: string
  close: () => Promise<void>
}

export interface WsOptions extends ServerOptions {
  onConnection?: (socket: WebSocket, request: IncomingMessage) => void
  /** What a request that is no upgrade gets; default 426, as `ws` itself answers. */
  plain?: { status: number; type: string; body: string }
}

/** A `ws` server that echoes. */
export async function wsBackend(
  { onConnection, plain, ...options }: WsOptions = {},
  wantedPort = 0,
): Promise<Backend> {
  const { status, type, body } = plain ?? { status: 426, type: 'text/plain', body: 'Upgrade Required' }
  const http = createServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': type, ...(status === 426 ? { Upgrade: 'websocket' } : {}) })
    response.end(body)
  })
  const server = new WebSocketServer({ ...options, server: http })
  server.on('connection', (socket, request) => {
    socket.on('error', () => {})
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    onConnection?.(socket, request)
  })
  http.unref()
  http.listen(wantedPort, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    port,
    url: `ws://127.0.0.1:${port}/ws`,
    close: async () => {
      for (const client of server.clients) client.terminate()
      http.closeAllConnections()
      server.close()
      http.close()
    },
  }
}

/** The page of a single-page application for every request: it knows nothing of WebSockets. */
export const spaBackend = (): Promise<Backend> =>
  wsBackend({ plain: { status: 200, type: 'text/html', body: '<!doctype html><title>app</title>' } })

/** Nobody listens on this port: it was free a moment ago. */
export async function nobody(): Promise<Backend> {
  const server = await rawServer(() => {})
  await server.close()
  return { ...server, close: async () => {} }
}

/** Opens every handshake rightly, then does what it is told; answers a close frame with one. */
export const opening = (then: (socket: Socket) => void, ...headers: string[]): Promise<RawServer> =>
  rawServer((socket, request) => {
    accept(socket, request, ...headers)
    then(socket)
  })

/** Answers every handshake with one refusal. */
export const refusing = (status: string, headers: string[] = [], body = ''): Promise<RawServer> =>
  rawServer((socket) => socket.end(answer(status, ['Connection: close', ...headers], body)))

/** Refuses what is not HTTP/1.1 with both upgrade headers, as strict servers do. */
export const strictHttp: Script = (socket, request) => {
  const isUpgrade = /^connection:.*upgrade/im.test(request) && headerIn(request, 'Upgrade') === 'websocket'
  if (!/^GET \S+ HTTP\/1\.1\r\n/.test(request)) {
    socket.end(answer('400 Bad Request', ['Connection: close'], 'did not receive a valid HTTP request.\n'))
  } else if (!isUpgrade)
    socket.end(answer('426 Upgrade Required', ['Connection: close', 'Upgrade: websocket']))
  else socket.write(switching(request))
}

/** Lets in only one origin, and says 403 to the rest. */
export const onlyOrigin =
  (origin: string): Script =>
  (socket, request) => {
    const sent = headerIn(request, 'Origin')
    if (sent === origin) socket.write(switching(request))
    else socket.end(answer('403 Forbidden', ['Connection: close'], `Origin ${sent ?? '<none>'} not allowed`))
  }

/** A 101 whose Accept was computed from nothing. */
export const wrongAccept: Script = (socket, request) =>
  socket.write(switching(request).replace(/Accept: .*/, 'Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA='))

/** Lets in pages of the host that it was asked for, and clients without an Origin. */
export const sameOrigin: Script = (socket, request) => {
  const origin = headerIn(request, 'Origin')
  const isSame = origin === undefined || URL.parse(origin)?.host === headerIn(request, 'Host')
  if (isSame) accept(socket, request)
  else socket.end(answer('403 Forbidden', ['Connection: close'], 'Forbidden'))
}
