import { conversation, defineApplication, type Site, text } from '#lib/applications/application.ts'
import { isNamed } from '#lib/protocol/host.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

const PING_EVERY_MS = 30_000

/** Vite 4.5.6, 5.4.12 and 6.0.9 brought the token: a page that is refused has an old one, or none. */
const tokenFix = (): Fix => ({
  summary: sentence`Vite takes a page’s socket only with the token of this run (?token=…), which it writes into /@vite/client. Reload the page so that it has the token of the server that runs now, and let a proxy in front of it pass the query on.`,
  changes: [
    {
      program: 'node',
      of: 'vite',
      where: sentence`vite.config, as a last resort: any website may then connect`,
      text: js`legacy: { skipWebSocketTokenCheck: true }`,
    },
  ],
})

/** Addresses and localhost are always in the list: then a proxy has put another host in their place. */
function hostFix({ pageHost }: Site): Fix {
  const isKnown = isNamed(pageHost)
  return {
    summary: isKnown
      ? sentence`Allow the host under which the page is served: Vite refuses others (server.allowedHosts).`
      : sentence`Allow the host that Vite is asked for: it refuses others (server.allowedHosts). A proxy in front of it may pass on another than yours, which is in Host there.`,
    changes: [
      {
        program: 'node',
        of: 'vite',
        where: sentence`vite.config, server`,
        text: js`server: { allowedHosts: [${js.string(isKnown ? pageHost : 'YOUR_HOST')}] }`,
      },
    ],
  }
}

export default defineApplication({
  id: 'vite',
  name: 'Vite',
  marks: {
    subprotocols: ['vite-hmr', 'vite-ping'],
    usual: /\/@?vite\b/i,
    message: /^\{"type":"connected"\}$/,
  },
  words: ['vite'],
  converse: ({ picked }) =>
    picked === 'vite-ping'
      ? conversation({})
      : conversation({
          beat: { everyMs: PING_EVERY_MS, says: text('{"type":"ping"}', 'sent a ping message') },
        }),

  fixes: {
    'authentication-required': tokenFix,
    'handshake-timeout': ({ path, signs }) => ({
      summary: signs.subprotocols?.includes('vite-hmr')
        ? sentence`Vite answers its own client at its base path alone (base in vite.config, with server.hmr.path behind it). It leaves every other path without an answer. Compare ${path} with them.`
        : sentence`Vite’s server answers the subprotocol vite-hmr only, and leaves every other upgrade without an answer. Check the path and the subprotocol, and attach your own upgrade handler to the server that Vite runs on, or proxy the path.`,
      changes: [
        {
          program: 'node',
          of: 'vite',
          where: sentence`vite.config, server: your own WebSocket server behind Vite`,
          text: js`server: { proxy: { '/ws': { target: 'ws://localhost:YOUR_PORT', ws: true } } }`,
        },
      ],
    }),
    'subprotocol-mismatch': () => ({
      summary: sentence`This is Vite’s own socket for hot reload, which takes the subprotocol vite-hmr only. Your application’s WebSocket server is elsewhere: use its port, or proxy its path.`,
      changes: [
        {
          program: 'node',
          of: 'vite',
          where: sentence`vite.config, server: your own WebSocket server behind Vite`,
          text: js`server: { proxy: { '/ws': { target: 'ws://localhost:YOUR_PORT', ws: true } } }`,
        },
      ],
    }),
    'origin-rejected': hostFix,
    forbidden: hostFix,
  },

  source: 'https://vite.dev/config/server-options#server-hmr',
})
