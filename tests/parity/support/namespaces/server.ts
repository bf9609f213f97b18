/**
 * The server of a scene, in a namespace of its own: node server.ts <fault>. The events of a watched ws are lines on
 * stdout. Ends with its connection.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import { instrument } from '#server/instrument/instrument.ts'
import { createNetwork, type Network, SERVER } from './network.ts'

type Act = (connection: WebSocket, network: Network, client: { kill(signal: 'SIGSTOP'): unknown }) => void

/** As ws's documentation has it: who has not answered the last ping is cut at the next. */
const HEARTBEAT_MS = 4000
const NOISE_MS = 100

function heartbeat(connection: WebSocket): void {
  let isAlive = true
  connection.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) return connection.terminate()
    isAlive = false
    connection.ping()
  }, HEARTBEAT_MS)
  connection.ping()
  connection.once('close', () => clearInterval(timer))
}

const FAULTS: Record<string, Act> = {
  'dropped while the server sends': (connection, network) => {
    network.giveUpSoon()
    network.dropPackets()
    connection.send('news')
  },
  'dropped under a heartbeat': (connection, network) => {
    heartbeat(connection)
    connection.once('pong', () => network.dropPackets())
  },
  'cable pulled': (connection, network) => {
    network.giveUpSoon()
    network.pullCable()
    setInterval(() => connection.send('news'), NOISE_MS).unref()
  },
  'client frozen': (connection, _network, client) => {
    heartbeat(connection)
    connection.once('pong', () => client.kill('SIGSTOP'))
  },
}

const act = FAULTS[process.argv[2] ?? '']
if (act === undefined) throw new Error(`one of ${Object.keys(FAULTS).join(', ')}`)
const network = await createNetwork()
const server = createServer()
instrument(server, {
  log: false,
  openTelemetry: false,
  onEvent(event) {
    process.stdout.write(`${JSON.stringify(event)}\n`, () => {
      if (event.kind === 'disconnected') process.exit(0)
    })
  },
})
const sockets = new WebSocketServer({ server })
server.listen(0, SERVER)
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const client = network.onClient(process.execPath, [
  path.join(import.meta.dirname, 'client.ts'),
  `ws://${SERVER}:${port}/live`,
])
const [[connection]] = await Promise.all([
  once(sockets, 'connection') as Promise<[WebSocket]>,
  once(client.stdout ?? process.stdin, 'data'),
])
connection.on('error', () => {})
process.once('exit', () => client.kill('SIGKILL'))
act(connection, network, client)
