/** Subprotocols that servers insist on, and the addresses at which each is usual. */
import { applications } from '#lib/applications/applications.ts'

type Usual = {
  /** Newest first: what a client of today would ask for. */
  readonly names: readonly string[]
  /** The path, or a part of it, where such a server is usual. */
  readonly at: RegExp
}

/** Of programs about which no more is known here (IANA, WebSocket Subprotocol Name Registry, and their own pages). */
const others: readonly Usual[] = [
  { names: ['sip'], at: /\/sip\b/i },
  { names: ['tty'], at: /\/(?:tty|terminal)\b/i },
  { names: ['janus-protocol'], at: /\/janus\b/i },
  { names: ['guacamole'], at: /\/websocket-tunnel\b/i },
  { names: ['streamlit'], at: /\/_stcore\/stream$/i },
]

const usuals: readonly Usual[] = [
  ...applications.flatMap(({ marks: { subprotocols: names = [], usual, address } }) =>
    [usual, address].flatMap((at) => (at === undefined ? [] : [{ names, at }])),
  ),
  ...others,
]

/** Names that a server at this path would want, likeliest first; none where nothing tells. */
export const subprotocolsAt = (pathname: string): string[] =>
  usuals.filter(({ at }) => at.test(pathname)).flatMap(({ names }) => names.slice(0, MOST_NAMES))

/** Of one protocol: older names come last, and what insists on one takes the newest mostly. */
const MOST_NAMES = 3

/** What servers that insist on one want most often. */
export const commonSubprotocols: readonly string[] = [
  'graphql-transport-ws',
  'graphql-ws',
  'mqtt',
  'v12.stomp',
  'wamp.2.json',
  'xmpp',
  'ocpp1.6',
  'actioncable-v1-json',
  'vite-hmr',
]
