import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handler = 'https://github.com/stomp-js/stompjs/blob/develop/src/stomp-handler.ts'
const client = 'https://github.com/stomp-js/stompjs/blob/develop/src/client.ts'
const old = 'https://github.com/jmesnil/stomp-websocket/blob/master/src/stomp.coffee'

const application = 'stomp'

export default defineProgram({
  id: 'stomp',
  name: 'STOMP.js',
  side: 'client',
  phrases: [
    ...phrasesOf(old, [
      {
        id: 'whoops',
        needle: 'Whoops! Lost connection to',
        pattern: /\bWhoops! Lost connection to \S{0,1900}/,
        said: { means: 'lost', application },
        example: 'Whoops! Lost connection to http://localhost:8080/ws',
        explains: 'The connection ended, or never opened. STOMP.js says the same for both.',
      },
    ]),
    ...phrasesOf(handler, [
      {
        id: 'connection-closed',
        needle: 'Connection closed to',
        pattern: /\bConnection closed to (?:wss?|https?):\/\/\S{1,1900}/,
        said: { means: 'lost', application },
        example: 'Connection closed to wss://app.example/ws',
        explains: 'The connection ended, or never opened. STOMP.js says the same for both.',
      },
      {
        id: 'no-server-activity',
        needle: 'did not receive server activity for the last',
        pattern: /\bdid not receive server activity for the last (\d{1,9})ms/,
        said: ([, ms]) => ({ means: 'ping-timeout', application, limitMs: Number(ms) }),
        example: 'did not receive server activity for the last 20005ms',
        explains: 'The server’s heartbeat did not come for twice its interval, and the client gave up.',
      },
      {
        id: 'opening',
        needle: 'Opening Web Socket',
        pattern: /\bOpening Web Socket\.\.\./,
        said: { means: 'connecting', application },
        example: 'Opening Web Socket...',
        explains: 'The handshake begins.',
      },
      {
        id: 'opened',
        needle: 'Web Socket Opened',
        pattern: /\bWeb Socket Opened\.\.\./,
        said: { means: 'opened', application },
        example: 'Web Socket Opened...',
        explains: 'The WebSocket opened.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'connection-timeout',
        needle: 'Connection not established in',
        pattern: /\bConnection not established in (\d{1,9}) ?ms, closing socket/,
        said: ([, ms]) => ({ means: 'handshake-timeout', application, limitMs: Number(ms) }),
        example: 'Connection not established in 5000ms, closing socket',
        explains: 'The STOMP connection was not made within connectionTimeout, and the client gave up.',
      },
      {
        id: 'not-connected',
        needle: 'There is no underlying STOMP connection',
        pattern: /There is no underlying STOMP connection/,
        said: { means: 'used-too-early', application },
        example: 'TypeError: There is no underlying STOMP connection',
        explains: 'The program sent before the connection was open, or after it had ended.',
      },
      {
        id: 'reconnecting',
        needle: 'scheduling reconnection in',
        pattern: /\bSTOMP: scheduling reconnection in \d{1,9}ms/,
        said: { means: 'nothing-said', application },
        example: 'STOMP: scheduling reconnection in 5000ms',
        explains: 'The connection ended and another attempt follows. The reason is printed before it.',
      },
      {
        id: 'deactivated',
        needle: 'Issuing close on the websocket',
        pattern: /\bIssuing close on the websocket\b/,
        said: { means: 'closed-by-client', unsure: true, application },
        example: 'Issuing close on the websocket',
        explains:
          'This client closes the connection: it was deactivated, or the server was silent for too long.',
      },
      {
        id: 'error-frame',
        needle: ['Received ERROR frame: ', '<<< ERROR'],
        pattern: /\bReceived ERROR frame: [^\n]{1,200}|<<< ERROR$/,
        said: { means: 'application-protocol', unsure: true, application },
        example: 'Received ERROR frame: Access refused',
        explains:
          'The broker refused what this client sent, with a STOMP ERROR, and closes. Its message says why.',
      },
    ]),
  ],
})
