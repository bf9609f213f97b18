import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const upgrade = 'https://github.com/denoland/deno/blob/main/ext/http/02_websocket.ts'

export default defineProgram({
  id: 'deno',
  name: 'Deno (Deno.serve)',
  side: 'server',
  mark: /\bDeno\.(?:serve|upgradeWebSocket)\b/,
  phrases: [
    ...phrasesOf(upgrade, [
      {
        id: 'upgrade-missing',
        needle: 'Invalid Header',
        pattern: /\bInvalid Header: '(?:upgrade|connection)' header must contain '(?:websocket|upgrade)'/i,
        said: { means: 'upgrade-missing' },
        example: "TypeError: Invalid Header: 'upgrade' header must contain 'websocket'",
        explains: 'Deno.upgradeWebSocket() got a request without Upgrade: websocket and Connection: Upgrade.',
      },
      {
        id: 'key',
        needle: 'Invalid Header',
        pattern: /\bInvalid Header: 'sec-websocket-key' header must be set/i,
        said: { means: 'handshake-header' },
        example: "TypeError: Invalid Header: 'sec-websocket-key' header must be set",
        explains: 'Deno.upgradeWebSocket() got a request without Sec-WebSocket-Key.',
      },
      {
        id: 'subprotocol',
        needle: 'non negotiable',
        pattern: /\bProtocol '[^'\n]{0,80}' not in the request's protocol list \(non negotiable\)/,
        said: { means: 'subprotocol' },
        example: "TypeError: Protocol 'chat' not in the request's protocol list (non negotiable)",
        explains: 'The server wants a subprotocol that the client did not offer.',
      },
      {
        id: 'body-used',
        needle: 'cannot upgrade because',
        pattern: /\bcannot upgrade because request body was used\b/,
        said: { means: 'handler-failed', phase: 'handshake' },
        example: 'Http: cannot upgrade because request body was used',
        explains: 'The handler read the body of the request before it upgraded it.',
      },
    ]),
  ],
})
