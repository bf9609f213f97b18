import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'stompjs',
  name: 'STOMP.js',
  side: 'client',
  mark: /\bStomp\b|\bSTOMP\b|\bWhoops! Lost connection\b/,
  phrases: [
    ...phrasesOf('https://github.com/stomp-js/stompjs/blob/develop/src/stomp-handler.ts', [
      {
        id: 'lost',
        needle: 'Whoops! Lost connection to',
        pattern: /Whoops! Lost connection to (?:\S{1,300}|undefined)/i,
        said: { means: 'lost', application: 'stomp' },
        example: 'Whoops! Lost connection to http://localhost:8080/ws',
        explains: 'The connection ended, or never opened. STOMP.js says the same for both.',
      },
      {
        id: 'server-heartbeat',
        needle: 'did not receive server activity',
        pattern: /did not receive server activity for the last \d{1,9}ms/i,
        said: { means: 'ping-timeout', application: 'stomp' },
        example: 'did not receive server activity for the last 20001ms',
        explains: 'The server’s STOMP heart-beat did not come in time, so the client ended the connection.',
      },
      {
        id: 'connecting',
        needle: 'Opening Web Socket',
        pattern: /\bOpening Web Socket\.\.\./i,
        said: { means: 'nothing-said', application: 'stomp' },
        example: 'Opening Web Socket...',
        explains: 'STOMP.js begins to connect.',
      },
      {
        id: 'opened',
        needle: 'Web Socket Opened',
        pattern: /\bWeb Socket Opened\.\.\./i,
        said: { means: 'opened', application: 'stomp' },
        example: 'Web Socket Opened...',
        explains: 'The WebSocket opened. The STOMP session begins after it.',
      },
      {
        id: 'closed',
        needle: 'Connection closed to',
        pattern: /\bConnection closed to (?:\S{1,300}|undefined)/i,
        said: { means: 'lost', application: 'stomp' },
        example: 'Connection closed to ws://localhost:8080/ws',
        explains: 'The connection ended.',
      },
    ]),
  ],
})
