import { defineProgram } from '#lib/words/phrase.ts'

const client = 'https://github.com/websockets/ws/blob/master/lib/websocket.js'

export default defineProgram({
  id: 'ws',
  name: 'ws (Node.js)',
  side: 'client',
  phrases: [
    {
      id: 'unexpected-response',
      needle: 'Unexpected server response',
      pattern: /Unexpected server response: (\d{3})/i,
      said: ([, status]) => ({ means: 'status', status: Number(status) }),
      example: 'Error: Unexpected server response: 403',
      explains:
        'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      source: client,
    },
    {
      id: 'no-subprotocol',
      needle: 'Server sent no subprotocol',
      pattern: /Server sent no subprotocol/i,
      said: { means: 'subprotocol' },
      example: 'Error: Server sent no subprotocol',
      explains: 'The client asked for a subprotocol and the server’s 101 names none.',
      source: client,
    },
  ],
})
