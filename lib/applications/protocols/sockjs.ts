import { defineApplication, type Reading } from '#lib/applications/application.ts'
import { privateCodes } from '#lib/applications/private-codes.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** Its own close frames are messages: c[3000,"Go away!"]. */
const CLOSE = /^c\[(\d{4}),/

function reads(message: string): Reading | undefined {
  const code = CLOSE.exec(message)?.[1]
  if (code === undefined) return undefined
  return code === '3000'
    ? { means: 'closed-by-server', says: sentence`the server called close()` }
    : { means: 'session-unknown', says: sentence`the session is open elsewhere, or was interrupted` }
}

export default defineApplication({
  id: 'sockjs',
  name: 'SockJS',
  marks: {
    // A server number, a session, and the transport.
    address: /\/\d{1,3}\/[\w.-]+\/websocket$/,
    message: /^(?:o$|c\[\d{4},)/,
    answer: /^Welcome to SockJS!/,
  },
  words: ['sockjs', 'spring'],
  reads,
  closes: privateCodes.sockjs.codes,
  alternatives: ({ url, answer = '' }) =>
    url !== undefined && /^Welcome to SockJS!/.test(answer)
      ? [{ path: `${url.pathname.replace(/\/$/, '')}/websocket` }]
      : [],

  fixes: {
    'path-not-found': ({ address }) => rawPath(address),
    'not-a-websocket-endpoint': ({ address }) => rawPath(address),
    'application-protocol-mismatch': () => ({
      summary: sentence`Speak SockJS’s framing on this path (messages are JSON arrays of strings), or use the path /websocket below the prefix, which carries plain messages.`,
      changes: [
        {
          program: 'browser',
          of: 'sockjs',
          where: sentence`In the page: SockJS’s own client`,
          text: js`const socket = new SockJS('YOUR_PREFIX')`,
        },
      ],
    }),
  },

  source: 'https://github.com/sockjs/sockjs-protocol',
})

/** The prefix itself answers with a greeting; a plain WebSocket is below it. */
function rawPath(address: string): Fix {
  const url = URL.parse(address)
  if (url) url.pathname = `${url.pathname.replace(/\/(?:websocket)?$/, '')}/websocket`
  return {
    summary: sentence`This is a SockJS prefix. A plain WebSocket opens the path /websocket below it, or use SockJS’s own client, which adds what it needs.`,
    changes: [
      {
        program: 'browser',
        of: 'sockjs',
        where: sentence`In the page (a plain WebSocket)`,
        text: js`new WebSocket(${js.string(url?.href ?? 'wss://YOUR_HOST/YOUR_PREFIX/websocket')})`,
      },
      {
        program: 'browser',
        of: 'sockjs',
        where: sentence`In the page: SockJS’s own client, with the prefix as it is`,
        text: js`new SockJS(${js.string(address.replace(/^ws/, 'http'))})`,
      },
    ],
  }
}
