import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { TestServer } from './server.ts'

/** Opens so many connections that answer every ping: each answer is one event of the server. Returns the undo. */
export async function startLoad(
  server: TestServer,
  { connections, intervalSeconds }: { connections: number; intervalSeconds: number },
): Promise<() => Promise<void>> {
  const sockets = Array.from(
    { length: connections },
    () => new WebSocket(`${server.wsOrigin}/ws?ping_interval=${intervalSeconds}`),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  return async () => {
    for (const socket of sockets) {
      socket.on('error', () => {})
      socket.terminate()
    }
  }
}
