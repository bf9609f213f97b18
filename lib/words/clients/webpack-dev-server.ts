import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const client = 'https://github.com/webpack/webpack-dev-server/blob/main/client-src/index.js'
const socket = 'https://github.com/webpack/webpack-dev-server/blob/main/client-src/socket.js'
const hosts = 'https://webpack.js.org/configuration/dev-server/#devserverallowedhosts'
const next = 'https://github.com/webpack/webpack/blob/main/hot/dev-server.js'

const application = 'webpack-hmr'

export default defineProgram({
  id: 'webpack-dev-server',
  name: 'webpack-dev-server (Angular CLI, Create React App, Vue CLI)',
  side: 'client',
  mark: /\[webpack-dev-server\]|\[WDS\]/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'disconnected',
        needle: 'Disconnected!',
        pattern: /\[(?:webpack-dev-server|WDS)\] Disconnected!/,
        said: { means: 'lost', application },
        example: '[webpack-dev-server] Disconnected!',
        explains:
          'The connection to the dev server ended, or never opened. The client says the same for both.',
      },
      {
        id: 'error-event',
        needle: '[webpack-dev-server] E',
        pattern: /\[webpack-dev-server\] (?:Error)?Event ?\{/i,
        said: { means: 'never-opened', application },
        example: "[webpack-dev-server] Event {isTrusted: true, type: 'error'}",
        explains:
          'The dev server’s WebSocket failed. The event has no reason, and the console’s line above it has.',
      },
      {
        id: 'error-event-firefox',
        needle: '[webpack-dev-server] error',
        pattern: /\[webpack-dev-server\] error ?\{/,
        said: { means: 'never-opened', application },
        example: '[webpack-dev-server] error { target: WebSocket, isTrusted: true }',
        explains:
          'The dev server’s WebSocket failed. The event has no reason, and the console’s line above it has.',
      },
    ]),
    ...phrasesOf(hosts, [
      {
        id: 'invalid-host-origin',
        needle: 'Invalid Host/Origin header',
        pattern: /\bInvalid Host\/Origin header\b/,
        said: { means: 'origin-refused', application },
        example: '[webpack-dev-server] Invalid Host/Origin header',
        fix: 'Add the host of the page to devServer.allowedHosts.',
        explains: 'The dev server does not accept the page’s Host or Origin: it is not in allowedHosts.',
      },
      {
        id: 'invalid-host',
        needle: 'Invalid Host header',
        pattern: /\bInvalid Host header\b/,
        said: { means: 'host-refused', application },
        side: 'server',
        example: 'Invalid Host header',
        fix: 'Add the host of the page to devServer.allowedHosts.',
        explains: 'The dev server answers this to a Host that is not in allowedHosts.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'reconnecting',
        needle: '[webpack-dev-server] Trying to reconnect',
        pattern: /\[webpack-dev-server\] Trying to reconnect\.\.\./,
        said: { means: 'nothing-said', application },
        example: '[webpack-dev-server] Trying to reconnect...',
        explains: 'The connection ended, and the client tries again.',
      },
    ]),
    ...phrasesOf(next, [
      {
        id: 'hmr-lost',
        needle: '[HMR] WebSocket connection lost',
        pattern: /\[HMR\] WebSocket connection lost\b/,
        said: { means: 'dropped', application },
        example: '[HMR] WebSocket connection lost',
        explains: 'The connection to the dev server ended: it stopped or restarts, or a proxy closed it.',
      },
    ]),
  ],
})
