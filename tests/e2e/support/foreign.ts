/** A foreign server: plain `ws`, knowing nothing of this product. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

export interface ForeignServer {
  readonly url: string
  readonly sockets: WebSocketServer['clients']
  stop(): Promise<void>
}

/** @param behaviour echo sends back what it gets; silent says nothing, ever. */
export async function startForeignServer(behaviour: 'echo' | 'silent'): Promise<ForeignServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.on('error', () => {})
    if (behaviour === 'echo')
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/foreign`,
    sockets: server.clients,
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}
