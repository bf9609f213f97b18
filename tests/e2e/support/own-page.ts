/** A page of somebody's own with sockets to their own server: neither knows anything of this product. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

export interface OwnPage {
  /** Of the page. */
  readonly origin: string
  /** Of the sockets; a path and a query of any kind may follow. */
  readonly socketOrigin: string
  stop(): Promise<void>
}

/**
 * Its server sends back what it gets; the messages "drop", "reset" and "close" end the connection without a Close frame,
 * with a reset, and with 4001. A path that begins with /refused is answered with 403.
 */
export async function startOwnPage(
  html = '<!doctype html><title>A page of my own</title>',
): Promise<OwnPage> {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  })
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(html)
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (request.url?.startsWith('/refused')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => {})
      opened.on('message', (data, isBinary) => {
        const text = isBinary ? '' : String(data)
        if (text === 'drop') opened.terminate()
        else if (text === 'close') opened.close(4001, 'session expired')
        else opened.send(data, { binary: isBinary })
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    socketOrigin: `ws://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
