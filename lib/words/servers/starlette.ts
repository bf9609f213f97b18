import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const sockets = 'https://github.com/Kludex/starlette/blob/main/starlette/websockets.py'
const endpoints = 'https://github.com/Kludex/starlette/blob/main/starlette/endpoints.py'
const fastapi = 'https://fastapi.tiangolo.com/advanced/websockets/'

export default defineProgram({
  id: 'starlette',
  name: 'Starlette and FastAPI',
  side: 'server',
  mark: /\b(?:starlette|fastapi)\./,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'disconnect',
        needle: 'WebSocketDisconnect',
        pattern:
          /\bWebSocketDisconnect(?:: |\()\(?(?:<CloseCode\.\w{1,40}: )?(?:code=)?(\d{4})>?(?:, (?:reason=)?(?:'([^'\n]{0,123})'|None))?/,
        said: ([, code, reason]) => disconnected(Number(code), reason),
        example: "starlette.websockets.WebSocketDisconnect: (1001, '')",
        explains:
          'Ended with this code. 1006, and 1005 with uvicorn’s wsproto, also mean that TCP ended without a Close frame.',
      },
      {
        id: 'disconnect-alone',
        needle: 'WebSocketDisconnect',
        pattern: /\bstarlette\.websockets\.WebSocketDisconnect$/,
        said: { means: 'lost' },
        example: 'starlette.websockets.WebSocketDisconnect',
        explains: 'The application read from or wrote to a connection that had ended.',
      },
      {
        id: 'not-accepted',
        needle: 'WebSocket is not connected',
        pattern: /\bWebSocket is not connected\. Need to call "accept" first/,
        said: { means: 'handler-failed' },
        example: 'RuntimeError: WebSocket is not connected. Need to call "accept" first.',
        explains:
          'The handler used the socket before await websocket.accept(), or after the connection had ended.',
      },
      {
        id: 'receive-after-disconnect',
        needle: 'Cannot call "',
        pattern:
          /\bCannot call "(?:receive" once a disconnect message has been received|send" once a close message has been sent)/,
        said: { means: 'ended' },
        example: 'RuntimeError: Cannot call "receive" once a disconnect message has been received.',
        explains:
          'The handler went on after the connection had ended: it does not catch WebSocketDisconnect.',
      },
      {
        id: 'unexpected-type',
        needle: 'Expected ASGI message "websocket.',
        pattern: /\bExpected ASGI message "websocket\.(?:accept|connect|receive|send)[^\n]{0,200}, but got '/,
        said: { means: 'handler-failed' },
        example:
          'RuntimeError: Expected ASGI message "websocket.accept", "websocket.close" or "websocket.http.response.start", but got \'websocket.send\'',
        explains: 'The handler sent before it accepted the connection.',
      },
    ]),
    ...phrasesOf(endpoints, [
      {
        id: 'expected-text',
        needle: 'websocket messages, but got',
        pattern: /\bExpected (?:text|bytes) websocket messages, but got (?:text|bytes)\b/,
        said: { means: 'close', close: { code: 1003, reason: '', way: 'sent' } },
        example: 'RuntimeError: Expected text websocket messages, but got bytes',
        explains: 'The endpoint takes one type of message and got the other. It closes with 1003.',
      },
      {
        id: 'malformed-json',
        needle: 'Malformed JSON data received',
        pattern: /\bMalformed JSON data received\b/,
        said: { means: 'close', close: { code: 1003, reason: '', way: 'sent' } },
        example: 'RuntimeError: Malformed JSON data received.',
        explains: 'The endpoint takes JSON and got something else. It closes with 1003.',
      },
    ]),
    ...phrasesOf(fastapi, [
      {
        id: 'validation',
        needle: 'WebSocketRequestValidationError',
        pattern: /\bWebSocketRequestValidationError\b/,
        said: { means: 'forbidden', status: 403 },
        example: 'fastapi.exceptions.WebSocketRequestValidationError: 1 validation error:',
        explains: 'A parameter of the route is missing or wrong. FastAPI closes before it accepts: a 403.',
      },
      {
        id: 'websocket-exception',
        needle: 'WebSocketException',
        pattern: /\b(?:starlette|fastapi)\.exceptions\.WebSocketException: (?:\()?(\d{4})\b/,
        said: ([, code]) => ({ means: 'close', close: { code: Number(code), way: 'sent' } }),
        example: 'starlette.exceptions.WebSocketException: 1008',
        explains: 'The application closed with this code. Before accept that is a 403.',
      },
    ]),
  ],
})

const disconnected = (code: number, reason: string | undefined): Said => ({
  means: 'close',
  close: { code, ...(reason !== undefined && { reason }), ...(code !== 1006 && { way: 'received' }) },
})
