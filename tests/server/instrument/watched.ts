/** A server of somebody else, watched: its events, and a way to wait for one. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { ingestEvent } from '#lib/api/ingest.ts'
import type { InstrumentEvent } from '#server/instrument/event.ts'
import { instrument } from '#server/instrument/instrument.ts'
import type { InstrumentOptions } from '#server/instrument/watching.ts'

type Kind = InstrumentEvent['kind']
type Of<K extends Kind> = Extract<InstrumentEvent, { kind: K }>

export interface Watched {
  readonly port: number
  readonly server: Server
  readonly events: readonly InstrumentEvent[]
  /** The first of this kind that was not awaited before; each is checked against the contract of the wire. */
  next<K extends Kind>(kind: K): Promise<Of<K>>
}

/** Listens on a port of its own until the test ends. */
export async function watch(
  t: TestContext,
  set: (server: Server) => void,
  options: InstrumentOptions = {},
): Promise<Watched> {
  const server = createServer()
  const teller = collector()
  instrument(server, { log: false, ...options, onEvent: teller.tell })
  set(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, server, ...teller }
}

export function collector() {
  const events: InstrumentEvent[] = []
  const taken = new Set<InstrumentEvent>()
  let wake: (() => void)[] = []
  return {
    events,
    tell(event: InstrumentEvent) {
      ingestEvent.parse(event)
      events.push(event)
      for (const go of wake) go()
      wake = []
    },
    async next<K extends Kind>(kind: K): Promise<Of<K>> {
      for (;;) {
        const found = events.find((event) => event.kind === kind && !taken.has(event))
        if (found !== undefined) {
          taken.add(found)
          return found as Of<K>
        }
        await new Promise<void>((go) => wake.push(go))
      }
    },
  }
}
