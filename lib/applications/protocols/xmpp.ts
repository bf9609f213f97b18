import { defineApplication, type Reading, type Signs } from '#lib/applications/application.ts'
import { atOtherPaths } from '#lib/applications/usual-paths.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Conditions of a stream error that name a mechanism (RFC 6120 §4.9.3). */
const CONDITIONS: Readonly<Record<string, Reading>> = {
  'host-unknown': { means: 'no-route', says: sentence`the server serves no such domain` },
  'not-authorized': { means: 'unauthorized', says: sentence`the client is not authorized` },
  'connection-timeout': { means: 'ping-timeout', says: sentence`the server heard nothing of the client` },
  'policy-violation': { means: 'forbidden', says: sentence`a rule of the server` },
  'system-shutdown': { means: 'shutting-down', says: sentence`the server stops` },
  'unsupported-version': { means: 'application-protocol', says: sentence`another version of XMPP` },
  'bad-format': { means: 'application-protocol', says: sentence`what came is not XMPP` },
  'not-well-formed': { means: 'application-protocol', says: sentence`what came is not well-formed XML` },
}

function reads(message: string): Reading | undefined {
  if (!message.startsWith('<stream:error') && !message.includes('<failure')) return undefined
  const condition = Object.keys(CONDITIONS).find((name) => message.includes(`<${name}`))
  return condition === undefined ? undefined : CONDITIONS[condition]
}

export default defineApplication({
  id: 'xmpp',
  name: 'XMPP',
  marks: {
    subprotocols: ['xmpp'],
    usual: /\/(?:ws-?xmpp|xmpp-websocket|xmpp\b)/i,
    message: /^<(?:open|close)\b[^>]{0,400}urn:ietf:params:xml:ns:xmpp-framing/,
    // Prosody's pages: of an address that it does not know, and of its two endpoints.
    answer:
      /margin-top:14%;text-align:center;background-color:#f8f8f8|\bpoint your (?:WebSocket|BOSH) client to this URL\b|<title>Prosody (?:BOSH|WebSocket) endpoint<\/title>|<title>ejabberd\b/,
    close: /^1007 Invalid payload start character, RFC 7395/,
  },
  words: [],
  reads,
  closes: [
    {
      from: 1007,
      to: 1007,
      reason: /RFC 7395/,
      says: 'a message is not one XML element, as its framing asks',
      means: 'application-protocol',
      source: 'https://www.rfc-editor.org/rfc/rfc7395#section-3.3.3',
      certain: true,
    },
  ],
  first: {
    name: '<open/>',
    patience: [{ seconds: 300, who: 'Prosody (c2s_timeout)' }],
    needs: sentence`It names the domain that the server serves, which need not be the host of the address.`,
  },

  // Prosody's, then those of ejabberd's, Openfire's and MongooseIM's documentation.
  alternatives: (signs) => atOtherPaths(signs, ['/xmpp-websocket', '/ws', '/ws/', '/ws-xmpp', '/websocket']),

  fixes: {
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for the subprotocol xmpp, as RFC 7395 demands: a server refuses every other client.`,
      changes: [
        {
          program: 'browser',
          of: 'xmpp',
          where: sentence`In the page (a plain WebSocket); Strophe.js and xmpp.js ask for it by themselves`,
          text: js`new WebSocket(${js.string(address)}, 'xmpp')`,
        },
      ],
    }),
    'path-not-found': ({ signs, openedAt }) =>
      openedAt === undefined ? (isHostUnknown(signs) ? domain() : endpoint()) : undefined,
    'not-a-websocket-endpoint': () => endpoint(),
  },

  source: 'https://www.rfc-editor.org/rfc/rfc7395',
})

/** The server said so in a stream error, and so it was open. */
const isHostUnknown = ({ messages = [] }: Signs): boolean =>
  messages.some((message) => message.includes('<host-unknown'))

const endpoint = (): Fix => ({
  summary: sentence`Ask for the path of the WebSocket: /xmpp-websocket at Prosody, and at ejabberd the one that request_handlers gives to ejabberd_http_ws (/ws mostly). /http-bind speaks BOSH. Prosody answers 404 to a Host that is none of its VirtualHosts, too: name one in http_default_host.`,
  changes: [
    {
      program: 'browser',
      of: 'xmpp',
      where: sentence`In the page (a plain WebSocket), for Prosody`,
      text: js`new WebSocket('wss://YOUR_HOST:YOUR_PORT/xmpp-websocket', 'xmpp')`,
    },
  ],
})

const domain = (): Fix => ({
  summary: sentence`Use a domain that this server serves (VirtualHost in Prosody, hosts in ejabberd) in the first message.`,
  changes: [
    {
      program: 'browser',
      of: 'xmpp',
      where: sentence`In the page (a plain WebSocket)`,
      text: js`socket.send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="YOUR_DOMAIN" version="1.0"/>')`,
    },
  ],
})
