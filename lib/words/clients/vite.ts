import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client = 'https://github.com/vitejs/vite/blob/main/packages/vite/src/client/client.ts'
const hosts = 'https://vite.dev/config/server-options#server-allowedhosts'
const proxy = 'https://github.com/vitejs/vite/blob/main/packages/vite/src/node/server/middlewares/proxy.ts'
const server = 'https://github.com/vitejs/vite/blob/main/packages/vite/src/node/server/ws.ts'

const application = 'vite-hmr'

export default defineProgram({
  id: 'vite',
  name: 'Vite',
  side: 'client',
  mark: /\[vite\]/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'failed-to-connect',
        needle: '[vite] failed to connect to websocket',
        pattern: /\[vite\] failed to connect to websocket\b/,
        said: { means: 'never-opened', application },
        example: '[vite] failed to connect to websocket.',
        explains:
          'Vite’s client could not open its WebSocket, at the page’s address nor at the server’s own. The lines below have both addresses.',
      },
      {
        id: 'failing-address',
        needle: '[WebSocket (failing)]',
        pattern: /\(browser\) ([!-~]{1,300}?)\/? <--\[WebSocket \(failing\)\]--> /,
        said: ([, address = '']) => ({ means: 'never-opened', application, address }),
        example: '(browser) dev.example:3000/ <--[WebSocket (failing)]--> localhost:3000/ (server)',
        explains:
          'The address that Vite’s client tried. Where it is not the page’s, behind a proxy, set server.hmr.clientPort or host.',
      },
      {
        id: 'page-address',
        needle: '<--[HTTP]-->',
        pattern: /\(browser\) ([!-~]{1,300}?)\/? <--\[HTTP\]--> /,
        said: ([, address = '']) => ({ means: 'nothing-said', application, address }),
        example: '(browser) dev.example:3001/ <--[HTTP]--> localhost:3000/ (server)',
        explains: 'The page’s own address, which works.',
      },
      {
        id: 'server-connection-lost',
        needle: '[vite] server connection lost',
        pattern: /\[vite\] server connection lost\. Polling for restart/i,
        said: { means: 'lost', application },
        example: '[vite] server connection lost. Polling for restart...',
        explains:
          'The connection to Vite’s dev server ended: it stopped or restarts, or a proxy closed it. Versions before 5.1 print this as well where it never opened.',
      },
      {
        id: 'connected',
        needle: '[vite] connected',
        pattern: /\[vite\] connected\b/,
        said: { means: 'opened', application },
        example: '[vite] connected.',
        explains: 'Vite’s WebSocket opened.',
      },
      {
        id: 'direct-fallback',
        needle: '[vite] Direct websocket connection fallback',
        pattern: /\[vite\] Direct websocket connection fallback/,
        said: { means: 'opened', application },
        example:
          '[vite] Direct websocket connection fallback. Check out https://vite.dev/config/server-options.html#server-hmr to remove the previous connection error.',
        explains: 'The WebSocket failed at the page’s address and opened at the dev server’s own.',
      },
      {
        id: 'closed-without-opened',
        needle: 'WebSocket closed without opened',
        pattern: /\bWebSocket closed without opened\b/,
        said: { means: 'never-opened', application },
        example: 'Error: WebSocket closed without opened.',
        explains: 'The handshake with the development server failed. The browser’s own line says why.',
      },
    ]),
    ...phrasesOf(hosts, [
      {
        id: 'host-not-allowed',
        needle: 'Blocked request. This host',
        pattern: /\bBlocked request\. This host(?: \("([^"]{1,253})"\))? is not allowed/,
        said: ([, address]) => ({
          means: 'host-refused',
          application,
          ...(address !== undefined && { address }),
        }),
        side: 'server',
        example: 'Blocked request. This host ("dev.example") is not allowed.',
        fix: 'Add the host that the line names to server.allowedHosts.',
        explains: 'Vite answers 403 to a Host that is not in server.allowedHosts.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'proxy-socket-error',
        needle: 'ws proxy socket error',
        pattern: /\bws proxy socket error:(?:[^\n]{0,40}\b(ECONNRESET|EPIPE|ECONNABORTED)\b)?/,
        said: ([, code]) => ({ means: code === undefined ? 'nothing-said' : 'reset' }),
        side: 'server',
        example: '[vite] ws proxy socket error: Error: read ECONNRESET',
        explains:
          'The browser’s connection to Vite’s proxy failed. A reset: the page was left, the proxy’s target ended it, or a device did.',
      },
      {
        id: 'proxy-error',
        needle: 'ws proxy error',
        pattern: /\bws proxy error:/,
        said: { means: 'nothing-said' },
        side: 'proxy',
        example: '[vite] ws proxy error:',
        explains: 'Vite’s proxy could not pass a WebSocket on to its target. The next line has the reason.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'server-error',
        needle: 'WebSocket server error',
        pattern: /\bWebSocket server error: (?:Port \d{1,5} is already in use)?/,
        said: { means: 'nothing-said', application },
        side: 'server',
        example: 'WebSocket server error: Port 24678 is already in use',
        explains:
          'The dev server could not open the port of its WebSocket. Another program, or another Vite, has it.',
      },
    ]),
  ],
})
