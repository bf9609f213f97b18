import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const response = 'https://github.com/cloudflare/workerd/blob/main/src/workerd/api/http.c++'
const socket = 'https://github.com/cloudflare/workerd/blob/main/src/workerd/api/web-socket.c++'

export default defineProgram({
  id: 'workerd',
  name: 'Cloudflare Workers (workerd, Wrangler, Miniflare)',
  side: 'server',
  phrases: [
    ...phrasesOf(response, [
      {
        id: 'status-not-101',
        needle: 'Responses with a WebSocket must have status code 101',
        pattern: /\bResponses with a WebSocket must have status code 101\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example: 'RangeError: Responses with a WebSocket must have status code 101.',
        explains:
          'The Worker answers with a WebSocket and without status: 101. The exception ends the request with 500.',
      },
      {
        id: 'status-101-alone',
        needle: [
          'Responses may only be constructed with status codes in the range 200 to 599',
          'must be in the range of 200 to 599, inclusive',
        ],
        pattern:
          /\bResponses may only be constructed with status codes in the range 200 to 599\b|"status"\] must be in the range of 200 to 599, inclusive/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500, unsure: true },
        example:
          'RangeError: Responses may only be constructed with status codes in the range 200 to 599, inclusive.',
        explains:
          'The Worker made a Response with status 101 and without its webSocket. The exception ends the request with 500.',
      },
      {
        id: 'upgrade-missing',
        needle: 'Worker tried to return a WebSocket in a response to a request',
        pattern: /\bWorker tried to return a WebSocket in a response to a request which did not contain\b/,
        said: { means: 'upgrade-missing' },
        example:
          'TypeError: Worker tried to return a WebSocket in a response to a request which did not contain the header "Upgrade: websocket".',
        explains: 'The request that the Worker answers with a WebSocket has no Upgrade: websocket.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'not-accepted',
        needle: 'You must call ',
        pattern:
          /\bYou must call (?:one of accept\(\) or state\.acceptWebSocket\(\)|accept\(\)) on this WebSocket before sending\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500, unsure: true },
        example:
          'TypeError: You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages.',
        explains:
          'The Worker sends on its end of the pair before it accepted it. The exception ends its request.',
      },
    ]),
  ],
})
