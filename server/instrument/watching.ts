/** What both ends share: the names on events, and a connection for each socket. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import type { Duplex } from 'node:stream'
import { tracePattern } from '#lib/protocol/trace.ts'
import { Connection, type Role } from '#server/instrument/connection.ts'
import type { EventFields, InstrumentEvent } from '#server/instrument/event.ts'
import { type OutputOptions, outputsOf } from '#server/instrument/outputs.ts'

export interface InstrumentOptions extends OutputOptions {
  /** What this server is called where several report to one Why1006. */
  readonly service?: string | undefined
}

/** @internal Watches the socket of a connection, of whichever end. */
export function watchSocket({
  socket,
  role,
  url,
  tell,
  isDraining = () => false,
  connections = new Set(),
}: {
  readonly socket: Duplex
  readonly role: Role
  readonly url: string
  readonly tell: (fields: EventFields) => void
  readonly isDraining?: () => boolean
  readonly connections?: Set<Connection>
}): Connection {
  const connection = new Connection({
    socket,
    role,
    engineIo: /[?&]EIO=\d/.test(url),
    tell,
    isDraining,
    ended: () => connections.delete(connection),
  })
  connections.add(connection)
  return connection
}

/** @internal */
export interface Teller {
  of(connection: {
    readonly url: string
    readonly trace?: string | undefined
    readonly role?: 'client'
  }): (fields: EventFields) => void
  /** Resolves when what waits to be sent is sent, or could not be. */
  flush(): Promise<void>
}

let count = 0
const run = randomBytes(6).toString('hex')

/** @internal Puts the names of the process and of one connection on its events. */
export function tellerOf({ service, ...options }: InstrumentOptions): Teller {
  const { output, flush } = outputsOf(options)
  const instance = `${hostname()}:${process.pid}`
  return {
    flush,
    of({ url, trace, role }) {
      const [endpoint = ''] = url.split('?', 1)
      const names = {
        instance,
        ...(service !== undefined && { service }),
        client_id: randomBytes(6).toString('hex'),
        endpoint: endpoint.slice(0, LONGEST_PATH),
        ...(trace !== undefined && { trace }),
        ...(role !== undefined && { role }),
      }
      return (fields) => {
        count += 1
        const event = { id: `${run}-${count}`, at: Date.now() / 1000, ...names, ...fields }
        output(event as InstrumentEvent)
      }
    },
  }
}

const LONGEST_PATH = 512

/** @internal By which a reader joins this connection with the lines of a proxy or a page. */
export function traceOf({ url = '', headers }: IncomingMessage): string | undefined {
  const parent = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(headers.traceparent ?? ''))?.[1]
  const id = headers['x-request-id']
  const given = [/[?&]trace=([^&#]*)/.exec(url)?.[1], parent, typeof id === 'string' ? id : undefined]
  return given.find((trace) => trace !== undefined && tracePattern.test(trace))
}
