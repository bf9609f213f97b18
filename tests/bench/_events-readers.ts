/** The readers of the event-stream benchmark: raw sockets that read and count, or that never read. Speaks over IPC. */
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'

export interface ReadersOrder {
  readonly port: number
  readonly path: string
  readonly readers: number
  /** Open them and never read from them. */
  readonly deaf: boolean
}

const sockets: Socket[] = []
let counter: WebSocket | undefined
let counted = 0

function openReader({ port, path, deaf }: ReadersOrder): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('error', reject)
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
    socket.once('data', () => {
      if (deaf) socket.pause()
      else socket.resume()
      resolve(socket)
    })
  })
}

/** One of the readers reads what it gets, to see that all of it came. */
function openCounter({ port, path }: ReadersOrder): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://localhost:${port}${path}`)
    socket.once('error', reject)
    socket.once('open', () => resolve(socket))
    socket.on('message', (data) => {
      const message: { type: string; events?: unknown[] } = JSON.parse(data.toString())
      if (message.type === 'event') counted += 1
      if (message.type === 'events') counted += message.events?.length ?? 0
    })
  })
}

process.on('message', async (order: ReadersOrder | 'close') => {
  if (order === 'close') {
    for (const socket of sockets.splice(0)) socket.destroy()
    counter?.terminate()
    process.send?.({ counted })
    return
  }
  counted = 0
  counter = await openCounter(order)
  while (sockets.length < order.readers - 1) sockets.push(await openReader(order))
  process.send?.({ opened: sockets.length + 1 })
})
process.on('disconnect', () => process.exit(0))
