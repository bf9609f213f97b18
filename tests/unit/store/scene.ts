/** A live core in a world of fakes, and short ways to what tests look at. */
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { createLive } from '#lib/store/live.ts'
import type { FakeSocket } from './fake-socket.ts'
import { createWorld, ORIGIN } from './world.ts'

/** A core in such a world, and short ways to what tests look at. */
export function createScene() {
  const world = createWorld()
  world.setRandom(null)
  const live = createLive(world.ports)
  const lastSocket = (): FakeSocket => {
    const socket = world.sockets.findLast(({ url }) => !url.includes('/ws/diagnostics'))
    if (socket === undefined) throw new Error('no socket was opened')
    return socket
  }
  const feedSocket = (): FakeSocket => {
    const socket = world.sockets.findLast(({ url }) => url.includes('/ws/diagnostics'))
    if (socket === undefined) throw new Error('the feed opened no socket')
    return socket
  }
  const connection = (id: ConnectionId): Connection => {
    world.advance(20)
    const found = live.store.getState().connections[id]
    if (found === undefined) throw new Error(`no connection ${id}`)
    return found
  }
  /** Opens a row and its socket. */
  const opened = (path: string, more: Partial<Parameters<typeof live.actions.open>[0]> = {}) => {
    const url = path.startsWith('/') ? ORIGIN.replace('http', 'ws') + path : path
    const id = live.actions.open({ url, ...more })
    const socket = lastSocket()
    world.advance(3)
    socket.open()
    return { id, socket }
  }
  return { world, live, lastSocket, feedSocket, connection, opened }
}

/** The greeting of /ws/health at an interval. */
export function healthGreeting(pingInterval: number, pingTimeout: number) {
  return {
    type: 'health_status',
    status: 'connected',
    client_id: 'c-1',
    server_time: 1_800_000_000,
    config: { ping_interval: pingInterval, ping_timeout: pingTimeout, expected_min_connection_duration: 30 },
    environment: { allowed_origins: [], public_base_url: '', ws_public_url: '' },
  }
}

/** A beat that the server wrote at this time of the shared clock, in ms. */
export function heartbeatMessage(sentAt: number, pingNumber = 1) {
  return {
    type: 'heartbeat',
    ping_number: pingNumber,
    timestamp: sentAt / 1_000,
    connection_age_seconds: 1,
    client_id: 'c-1',
  }
}
