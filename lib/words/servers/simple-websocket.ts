import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://github.com/miguelgrinberg/simple-websocket/blob/main/src/simple_websocket/errors.py'
const server = 'https://github.com/miguelgrinberg/simple-websocket/blob/main/src/simple_websocket/ws.py'

export default defineProgram({
  id: 'simple-websocket',
  name: 'simple-websocket (Flask-Sock, Flask-SocketIO)',
  mark: /\bsimple_websocket\b|\bflask_sock\b/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'ping-timeout',
        needle: 'Ping/Pong timeout',
        pattern: /\bPing\/Pong timeout\b/,
        said: { means: 'ping-timeout' },
        example: 'simple_websocket.errors.ConnectionClosed: Connection closed: 1008 Ping/Pong timeout',
        explains: 'A ping was not answered before the next one was due, and this end closed with 1008.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'no-socket',
        needle: 'Cannot obtain socket',
        pattern: /\bCannot obtain socket from WSGI environment\b/,
        said: { means: 'no-websocket-support' },
        side: 'server',
        example: 'RuntimeError: Cannot obtain socket from WSGI environment.',
        explains:
          'The application runs under a WSGI server that gives no socket away: run it under Werkzeug, gunicorn with threads, Eventlet or gevent.',
      },
    ]),
  ],
})
