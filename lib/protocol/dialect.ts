/** Protocols above WebSocket whose clients open another URL than the address that people know. */
import {
  type Address,
  type AddressNote,
  type GoodAddress,
  readAddress,
  withUrl,
} from '#lib/protocol/address.ts'
import { sentence } from '#lib/text/foreign.ts'

export interface Dialect {
  readonly name: 'websocket' | 'socket.io' | 'signalr'
  /** What a client of it opens. */
  readonly url: URL
  readonly notes: readonly AddressNote[]
  /** What a client sends first; a server that waits for it drops whoever stays silent. */
  readonly firstMessage?: string
}

export type GoodTarget = GoodAddress & { readonly dialect: Dialect['name']; readonly firstMessage?: string }

export type Target = GoodTarget | Exclude<Address, GoodAddress>

/**
 * The one reading of what a person typed, whether it is opened, probed, checked or watched.
 * @param pageOrigin of the page where it was typed; on a command line there is none
 */
export function understandTarget(typed: string, pageOrigin?: string): Target {
  const address = readAddress(typed, pageOrigin)
  if (!address.ok) return address
  const { name, url, notes, firstMessage } = dialectOf(new URL(address.url))
  return {
    ...withUrl(address, url, pageOrigin),
    notes: [...address.notes, ...notes],
    dialect: name,
    ...(firstMessage !== undefined && { firstMessage }),
  }
}

/** Recognised by its URL. */
export function dialectOf(url: URL): Dialect {
  if (/\/socket\.io\/?$/.test(url.pathname) || url.searchParams.has('EIO')) return socketIo(url)
  if (/\/negotiate\/?$/.test(url.pathname) || url.searchParams.has('negotiateVersion')) return signalR(url)
  return { name: 'websocket', url, notes: [] }
}

function signalR(address: URL): Dialect {
  const url = new URL(address)
  url.pathname = url.pathname.replace(/\/negotiate\/?$/, '') || '/'
  url.searchParams.delete('negotiateVersion')
  const says = sentence`A SignalR negotiation address: the hub itself is opened, as a client with skipNegotiation does. It waits for a greeting in the JSON protocol.`
  return {
    name: 'signalr',
    url,
    notes: [{ id: 'signalr', says }],
    // The hub protocol's handshake; a server drops whoever has not sent it within 15 s (HubOptions.HandshakeTimeout).
    firstMessage: '{"protocol":"json","version":1}\u001e',
  }
}

/** Engine.IO 4: a session id belongs to one earlier polling session, and `t` only defeats caches. */
function socketIo(address: URL): Dialect {
  const url = new URL(address)
  if (/\/socket\.io$/.test(url.pathname)) url.pathname += '/'
  url.searchParams.delete('sid')
  url.searchParams.delete('t')
  if (!url.searchParams.has('EIO')) url.searchParams.set('EIO', '4')
  url.searchParams.set('transport', 'websocket')
  const says =
    url.href === address.href
      ? sentence`A Socket.IO address: its WebSocket transport is opened directly, without polling first.`
      : sentence`A Socket.IO address: opened as ${url.href}, which is its WebSocket transport without polling first.`
  return { name: 'socket.io', url, notes: [{ id: 'socket-io', says }] }
}
