/**
 * The fields of an event under the names of OpenTelemetry's semantic conventions, where these have one
 * (https://opentelemetry.io/docs/specs/semconv/registry/attributes/), and in the namespace `websocket` elsewhere.
 */
import type { InstrumentEvent } from '#server/instrument/event.ts'

export type Attribute = string | number | boolean | readonly string[]
export type Attributes = Readonly<Record<string, Attribute>>

const NAMES: Readonly<Record<string, string>> = {
  address: 'network.peer.address',
  port: 'network.peer.port',
  endpoint: 'url.path',
  scheme: 'url.scheme',
  http_version: 'network.protocol.version',
  user_agent: 'user_agent.original',
  status: 'http.response.status_code',
  socket_error: 'error.type',
  service: 'service.name',
  instance: 'service.instance.id',
  client_id: 'websocket.connection.id',
  close_code: 'websocket.close.code',
  initiator: 'websocket.close.initiator',
}

/** `http.request.header.<name>`: lists, since a name may come twice. */
const HEADERS: Readonly<Record<string, string>> = {
  origin: 'origin',
  upgrade: 'upgrade',
  connection: 'connection',
  subprotocols: 'sec-websocket-protocol',
  forwarded_for: 'x-forwarded-for',
  forwarded_proto: 'x-forwarded-proto',
  forwarded_host: 'x-forwarded-host',
  real_ip: 'x-real-ip',
}

/** What the log record itself has. */
const BESIDE: ReadonlySet<string> = new Set(['kind', 'at', 'role'])

export function attributesOf(event: InstrumentEvent): Attributes {
  const attributes: Record<string, Attribute> = { 'websocket.role': roleOf(event) }
  for (const [field, value] of Object.entries(event) as [string, Attribute | undefined][]) {
    if (value === undefined || BESIDE.has(field)) continue
    if (field === 'host') Object.assign(attributes, serverOf(String(value)))
    else if (field === 'url') Object.assign(attributes, queryOf(String(value)))
    else if (HEADERS[field] !== undefined)
      attributes[`http.request.header.${HEADERS[field]}`] = [String(value)]
    else attributes[NAMES[field] ?? `websocket.${field}`] = value
  }
  return attributes
}

export const roleOf = ({ role }: InstrumentEvent): 'client' | 'server' => role ?? 'server'

/** Of a `Host` header: `app.example:8080`, `[::1]:8080`. */
function serverOf(host: string): Attributes {
  const [, address = host, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(host) ?? []
  return { 'server.address': address, ...(port !== undefined && { 'server.port': Number(port) }) }
}

function queryOf(url: string): Attributes {
  const at = url.indexOf('?')
  return at < 0 ? {} : { 'url.query': url.slice(at + 1) }
}
