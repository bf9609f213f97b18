import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const protocol = 'https://github.com/pgjones/hypercorn/blob/main/src/hypercorn/protocol/ws_stream.py'

export default defineProgram({
  id: 'hypercorn',
  name: 'Hypercorn',
  side: 'server',
  mark: /\bhypercorn\b/,
  phrases: [
    ...phrasesOf(protocol, [
      {
        id: 'subprotocol',
        needle: 'Invalid Subprotocol',
        pattern: /\bException: Invalid Subprotocol\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example: 'Exception: Invalid Subprotocol',
        explains: 'The application accepted with a subprotocol that the client did not offer.',
      },
      {
        id: 'unexpected-message',
        needle: 'Unexpected message type',
        pattern:
          /\bUnexpected message type, websocket\.\w{1,20} given the state ASGIWebsocketState\.(?:HANDSHAKE|RESPONSE)\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        example:
          'hypercorn.utils.UnexpectedMessageError: Unexpected message type, websocket.send given the state ASGIWebsocketState.HANDSHAKE',
        explains: 'The application sent before it accepted the WebSocket.',
      },
      {
        id: 'late-message',
        needle: 'Unexpected message type',
        pattern:
          /\bUnexpected message type, websocket\.\w{1,20} given the state ASGIWebsocketState\.(?:CLOSED|HTTPCLOSED)\b/,
        said: { means: 'lost' },
        example:
          'hypercorn.utils.UnexpectedMessageError: Unexpected message type, websocket.send given the state ASGIWebsocketState.CLOSED',
        explains: 'The application sends on a connection that has ended.',
      },
    ]),
  ],
})
