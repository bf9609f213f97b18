/**
 * Addresses that people know, and what clients open for them: the two libraries whose own addresses are no WebSocket's.
 * Apart from the rest of what is known of them, since every page reads addresses.
 */
import { type Sentence, sentence } from '#lib/text/foreign.ts'

export type Opening = { readonly url: URL; readonly says: Sentence }

const ENGINE = /[?&]EIO=(\d)/

/** The version that an address of Engine.IO asks for. */
export const engineOf = (url: URL | undefined): string | undefined => ENGINE.exec(url?.search ?? '')?.[1]

/** The parameters of an address that a client of this version opens, without a session, and without what defeats caches. */
export function withEngine(url: URL, engine: string, transport: 'polling' | 'websocket'): URL {
  const changed = new URL(url)
  for (const name of ['sid', 't', 'b64', 'j']) changed.searchParams.delete(name)
  changed.searchParams.set('EIO', engine)
  changed.searchParams.set('transport', transport)
  return changed
}

export const SOCKET_IO = /[?&]EIO=\d|\/(?:socket|engine)\.io\/?(?:\?|$)/

function opensSocketIo(address: URL): Opening {
  const url = withEngine(address, engineOf(address) ?? '4', 'websocket')
  if (/\/(?:socket|engine)\.io$/.test(url.pathname)) url.pathname += '/'
  const kind = url.pathname.endsWith('/engine.io/') ? sentence`An Engine.IO` : sentence`A Socket.IO`
  const says =
    url.href === address.href
      ? sentence`${kind} address: its WebSocket transport is opened directly, without polling first.`
      : sentence`${kind} address: opened as ${url.href}, which is its WebSocket transport without polling first.`
  return { url, says }
}

const NEGOTIATION = /\/negotiate\/?$/

export const SIGNALR = /\/negotiate\/?(?:\?|$)|[?&]negotiateVersion=\d/

export const isNegotiation = (url: URL): boolean =>
  NEGOTIATION.test(url.pathname) || url.searchParams.has('negotiateVersion')

/** The hub itself, of the address that a client negotiates at. */
export function hubOf(address: URL): URL {
  const url = new URL(address)
  url.pathname = url.pathname.replace(NEGOTIATION, '') || '/'
  url.searchParams.delete('negotiateVersion')
  return url
}

const opensSignalR = (address: URL): Opening => ({
  url: hubOf(address),
  says: sentence`A SignalR negotiation address: the hub itself is opened, as a client with skipNegotiation does.`,
})

/** Undefined for every other address, which is opened as it is. */
export function openingOf(address: URL): Opening | undefined {
  const target = `${address.pathname}${address.search}`
  if (SOCKET_IO.test(target)) return opensSocketIo(address)
  return SIGNALR.test(target) ? opensSignalR(address) : undefined
}
