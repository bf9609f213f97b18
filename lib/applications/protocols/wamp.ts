import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** ABORT: the router's answer to a HELLO that it does not take. */
const ABORT = /^\[3,\{[^}]{0,300}\},"(wamp\.[\w.]{1,80})"/

function reads(message: string): Reading | undefined {
  const uri = ABORT.exec(message)?.[1]
  if (uri === undefined) return undefined
  if (uri === 'wamp.error.no_such_realm')
    return { means: 'no-route', says: sentence`the router has no realm of this name` }
  return /auth|not_authorized|credential/.test(uri)
    ? { means: 'unauthorized', says: sentence`the router refused the client (${uri})` }
    : { means: 'closed-by-server', says: sentence`the router ended the session (${uri})` }
}

export default defineApplication({
  id: 'wamp',
  name: 'WAMP',
  marks: {
    subprotocols: ['wamp.2.json', 'wamp.2.msgpack', 'wamp.2.cbor'],
    usual: /\/wamp\b/i,
    message: /^\[(?:2,\d{1,20},\{"roles"|3,\{[^}]{0,300}\},"wamp\.|4,"ticket"|4,"wampcra")/,
  },
  words: ['autobahn'],
  versionOf: ({ picked }) => picked,
  reads,
  first: {
    name: 'HELLO',
    patience: [],
    needs: sentence`It names a realm of the router, and the authentication methods that the client knows.`,
  },

  fixes: {
    'subprotocol-mismatch': ({ address }) => ({
      summary: sentence`Ask for wamp.2.json or wamp.2.msgpack: a router takes no client without one of them.`,
      changes: [
        {
          program: 'browser',
          of: 'wamp',
          where: sentence`In the page (Autobahn|JS asks for them by itself)`,
          text: js`new autobahn.Connection({ url: ${js.string(address)}, realm: 'YOUR_REALM' }).open()`,
        },
      ],
    }),
    'path-not-found': ({ address }) => ({
      summary: sentence`Name a realm that the router has: realms are in its configuration.`,
      changes: [
        {
          program: 'browser',
          of: 'wamp',
          where: sentence`In the page (Autobahn|JS)`,
          text: js`new autobahn.Connection({ url: ${js.string(address)}, realm: 'YOUR_REALM' }).open()`,
        },
      ],
    }),
  },

  source: 'https://wamp-proto.org/wamp_latest_ietf.html',
})
