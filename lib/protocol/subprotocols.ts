/**
 * Subprotocols that servers insist on, and the addresses at which each is usual. The names are those of the IANA
 * registry (https://www.iana.org/assignments/websocket) and of programs that never registered theirs.
 */

type Known = {
  /** Newest first: what a client of today would ask for. */
  readonly names: readonly string[]
  /** The path, or a part of it, where such a server is usual. */
  readonly at: RegExp
}

const known: readonly Known[] = [
  { names: ['graphql-transport-ws', 'graphql-ws'], at: /\/(?:graphql|subscriptions?)\b/i },
  { names: ['mqtt', 'mqttv3.1'], at: /\/mqtt\b/i },
  { names: ['v12.stomp', 'v11.stomp', 'v10.stomp'], at: /\/stomp\b/i },
  { names: ['wamp.2.json', 'wamp.2.msgpack'], at: /\/wamp\b/i },
  { names: ['xmpp'], at: /\/(?:ws-)?xmpp\b/i },
  { names: ['ocpp2.0.1', 'ocpp1.6', 'ocpp1.5'], at: /ocpp/i },
  { names: ['amqp'], at: /\/amqp\b|\$servicebus\/websocket/i },
  { names: ['actioncable-v1-json'], at: /\/cable\b/i },
  { names: ['vite-hmr'], at: /\/@?vite\b/i },
  { names: ['sip'], at: /\/sip\b/i },
  { names: ['binary', 'base64'], at: /\/websockify\b/i },
  { names: ['tty'], at: /\/(?:tty|terminal)\b/i },
  { names: ['janus-protocol'], at: /\/janus\b/i },
  { names: ['guacamole'], at: /\/websocket-tunnel\b/i },
  { names: ['v5.channel.k8s.io', 'v4.channel.k8s.io'], at: /\/(?:exec|attach|portforward)$/i },
  { names: ['v1.kernel.websocket.jupyter.org'], at: /\/kernels\/[^/]+\/channels$/i },
  { names: ['cockpit1'], at: /\/cockpit\/socket\b/i },
  { names: ['streamlit'], at: /\/_stcore\/stream$/i },
]

/** Names that a server at this path would want, likeliest first; none where nothing tells. */
export const subprotocolsAt = (pathname: string): string[] =>
  known.filter(({ at }) => at.test(pathname)).flatMap(({ names }) => names)

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
