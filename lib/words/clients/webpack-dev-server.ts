import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'webpack-dev-server',
  name: 'webpack-dev-server',
  side: 'client',
  mark: /\[webpack-dev-server\]|\[HMR\]|\[WDS\]/,
  phrases: [
    ...phrasesOf('https://github.com/webpack/webpack-dev-server/blob/master/client-src/index.js', [
      {
        id: 'invalid-host',
        needle: 'Invalid Host/Origin header',
        pattern: /Invalid Host\/Origin header/i,
        said: { means: 'origin-refused', application: 'webpack-dev-server' },
        example: '[webpack-dev-server] Invalid Host/Origin header',
        explains: 'The dev server refused the page’s host or Origin: add it to allowedHosts.',
      },
      {
        id: 'disconnected',
        needle: 'Disconnected',
        pattern: /\[(?:webpack-dev-server|WDS)\] Disconnected!?/i,
        said: { means: 'lost', application: 'webpack-dev-server' },
        example: '[webpack-dev-server] Disconnected!',
        explains: 'The connection to the dev server ended.',
      },
      {
        id: 'trying',
        needle: 'Trying to reconnect',
        pattern: /\[(?:webpack-dev-server|WDS)\] Trying to reconnect/i,
        said: { means: 'nothing-said', application: 'webpack-dev-server' },
        example: '[webpack-dev-server] Trying to reconnect...',
        explains: 'The client tries again.',
      },
      {
        id: 'event-error',
        needle: "type: 'error'",
        pattern: /\[webpack-dev-server\] Event \{[^\n]{0,200}type: 'error'/i,
        said: { means: 'never-opened', application: 'webpack-dev-server' },
        example: "[webpack-dev-server] Event {isTrusted: true, type: 'error'}",
        explains: 'The WebSocket to the dev server failed to open. The browser tells the page no more.',
      },
      {
        id: 'hmr-lost',
        needle: 'WebSocket connection lost',
        pattern: /\[HMR\] WebSocket connection lost/i,
        said: { means: 'lost', application: 'webpack-dev-server' },
        example: '[HMR] WebSocket connection lost',
        explains: 'The connection to the dev server ended.',
      },
    ]),
  ],
})
