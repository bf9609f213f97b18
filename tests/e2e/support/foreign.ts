/** A foreign server: plain `ws`, knowing nothing of this product. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { WebSocketServer } from 'ws'

export interface ForeignServer {
  readonly url: string
  readonly sockets: WebSocketServer['clients']
  stop(): Promise<void>
}

/**
 * - echo sends back what it gets
 * - silent says nothing, ever
 * - violating sends a frame that RFC 6455 §5.2 reserves as soon as it is open
 * - flooding sends so many messages at once that the page cannot keep them all
 */
export type Behaviour = 'echo' | 'silent' | 'violating' | 'flooding'

/** One connection's log keeps 10,000 (lib/store/connection/message-log.ts). */
const floodMessages = 10_500

export async function startForeignServer(behaviour: Behaviour): Promise<ForeignServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket, request) => {
    socket.on('error', () => {})
    if (behaviour === 'echo')
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    else if (behaviour === 'violating') request.socket.write(Uint8Array.of(0x83, 0))
    else if (behaviour === 'flooding')
      for (let number = 1; number <= floodMessages; number++) socket.send(`{"number":${number}}`)
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

/**
 * How every connection of an ending server ends: at its age, or after so long without a byte from the client.
 * `rst` ends TCP and nothing else; a number is the code of a Close frame.
 */
export interface Ending {
  readonly afterMs: number
  readonly counts?: 'age' | 'idle'
  readonly by: 'rst' | number
  readonly reason?: string
}

/** Accepts everything, answers pings and nothing else, and ends each connection in the same way. */
export async function startEndingServer({
  afterMs,
  counts = 'age',
  by,
  reason = '',
}: Ending): Promise<ForeignServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket, request) => {
    socket.on('error', () => {})
    const end = () => (by === 'rst' ? request.socket.resetAndDestroy() : socket.close(by, reason))
    const timer = setTimeout(end, afterMs)
    if (counts === 'idle') request.socket.on('data', () => timer.refresh())
    socket.on('close', () => clearTimeout(timer))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ending`,
    sockets: server.clients,
    stop: async () => {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

export type MuteServer = Pick<ForeignServer, 'url' | 'stop'>

/** Accepts every TCP connection and never answers a handshake. */
export async function startMuteServer(): Promise<MuteServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.resume()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mute`,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
