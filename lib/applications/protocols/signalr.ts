import { conversation, defineApplication, first, text } from '#lib/applications/application.ts'
import { objectOf } from '#lib/applications/json.ts'
import { hubOf, isNegotiation, SIGNALR } from '#lib/applications/opens.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Every message of the JSON hub protocol ends with it. */
const END = '\u001e'
const HELLO = `{"protocol":"json","version":1}${END}`
const PING = `{"type":6}${END}`

/** A client that is silent for 30 s is dropped (ClientTimeoutInterval); its own library pings every 15 s. */
const PING_EVERY_MS = 15_000

export default defineApplication({
  id: 'signalr',
  name: 'SignalR',
  marks: {
    address: SIGNALR,
    message: (message) => message.includes(END) && /^\{(?:\}|"error":"|"type":[67]\b)/.test(message),
    answer: /^No Connection with that ID|^Connection ID required|^\{"negotiateVersion":\d/,
  },
  words: ['signalr', 'aspnetcore'],
  first: {
    name: 'the handshake request',
    patience: [{ seconds: 15, who: 'SignalR (HandshakeTimeout)' }],
    example: {
      payload: { opcode: 'text', text: HELLO },
      says: sentence`The hub answers {} and the separator 0x1e, or an error.`,
    },
  },
  timers: () => [
    sentence`Server pings every 15 s and drops a client it has not heard for 30 s, unless configured otherwise.`,
  ],
  converse: () =>
    conversation({
      opening: [first(text(HELLO, 'sent the handshake request of the JSON hub protocol'))],
      beat: { everyMs: PING_EVERY_MS, says: text(PING, 'sent a ping message (type 6)') },
    }),

  session: {
    name: 'negotiation',
    isBegunBy: isNegotiation,
    isNamedBy: (asked) => asked.searchParams.has('id'),
    request: (url) => {
      const at = new URL(hubOf(url).href.replace(/^ws/, 'http'))
      at.pathname = `${at.pathname.replace(/\/$/, '')}/negotiate`
      at.searchParams.set('negotiateVersion', '1')
      return { method: 'POST', url: at }
    },
    opened: ({ status, body }, url) => {
      const answer = status === 200 ? objectOf(body) : undefined
      const token = answer?.connectionToken ?? answer?.connectionId
      if (typeof token !== 'string') return undefined
      const socket = hubOf(url)
      socket.searchParams.set('id', token)
      return socket
    },
  },

  fixes: {
    'first-message-missing': () => ({
      summary: sentence`Send the handshake request first, as SignalR’s own client does: the hub closes a connection that has not within 15 s.`,
      changes: [
        {
          program: 'browser',
          of: 'signalr',
          where: sentence`In the page (a plain WebSocket): the first message, with the separator at its end`,
          text: js`socket.send('{"protocol":"json","version":1}\\u001e')`,
        },
      ],
    }),
    'application-protocol-mismatch': () => ({
      summary: sentence`Speak the hub protocol that the server has: JSON or MessagePack, each message ended by the separator 0x1e.`,
      changes: [
        {
          program: 'browser',
          of: 'signalr',
          where: sentence`In the page: SignalR’s own client`,
          text: js`const hub = new signalR.HubConnectionBuilder().withUrl('YOUR_HUB_PATH').build()`,
        },
      ],
    }),
  },

  source: 'https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md',
})
