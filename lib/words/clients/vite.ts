import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'vite',
  name: 'Vite',
  side: 'client',
  mark: /\[vite\]/,
  phrases: [
    ...phrasesOf('https://github.com/vitejs/vite/blob/main/packages/vite/src/client/client.ts', [
      {
        id: 'lost',
        needle: 'server connection lost',
        pattern: /\[vite\] server connection lost\. (?:Polling for restart|polling for restart)/i,
        said: { means: 'lost', application: 'vite' },
        example: '[vite] server connection lost. Polling for restart...',
        explains: 'The connection to the dev server ended. Vite asks until it is back.',
      },
      {
        id: 'failed',
        needle: 'failed to connect to websocket',
        pattern: /\[vite\] failed to connect to websocket/i,
        said: { means: 'never-opened', application: 'vite' },
        example: '[vite] failed to connect to websocket.',
        explains:
          'The page’s script could not reach the dev server’s WebSocket. Behind a proxy it connects to the wrong host or port until server.hmr says otherwise.',
      },
      {
        id: 'setup',
        needle: '(browser)',
        pattern: /\(browser\) \S{1,300} <--\[(?:HTTP|WebSocket \(failing\))\]--> \S{1,200} \(server\)/i,
        said: { means: 'nothing-said', application: 'vite' },
        example: '  (browser) dev.example:3000/ <--[WebSocket (failing)]--> localhost:3000/ (server)',
        explains: 'Vite lists the address that the page connects to and the one where the server listens.',
      },
      {
        id: 'setup-head',
        needle: 'your current setup',
        pattern: /\byour current setup:$/i,
        said: { means: 'nothing-said', application: 'vite' },
        example: 'your current setup:',
        explains: 'The head of Vite’s list of addresses.',
      },
      {
        id: 'setup-hint',
        needle: 'Check out your Vite',
        pattern: /Check out your Vite \/ network configuration/i,
        said: { means: 'nothing-said', application: 'vite' },
        example:
          'Check out your Vite / network configuration and https://vite.dev/config/server-options.html#server-hmr .',
        explains: 'Vite points to server.hmr, which sets host, port and clientPort.',
      },
      {
        id: 'connecting',
        needle: 'connecting...',
        pattern: /\[vite\] connecting\.\.\./i,
        said: { means: 'nothing-said', application: 'vite' },
        example: '[vite] connecting...',
        explains: 'Vite’s client begins to connect.',
      },
      {
        id: 'connected',
        needle: '[vite] connected',
        pattern: /\[vite\] connected\./i,
        said: { means: 'opened', application: 'vite' },
        example: '[vite] connected.',
        explains: 'The connection to the dev server opened.',
      },
      {
        id: 'direct',
        needle: 'Direct websocket connection fallback',
        pattern: /\[vite\] Direct websocket connection fallback/i,
        said: { means: 'never-opened', application: 'vite' },
        example:
          '[vite] Direct websocket connection fallback. Check out https://vite.dev/config/server-options.html#server-hmr to remove the previous connection error.',
        explains:
          'The first address failed and the direct one worked: the proxy does not pass WebSockets on.',
      },
    ]),
  ],
})
