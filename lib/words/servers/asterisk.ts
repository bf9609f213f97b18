import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const websocket = 'https://github.com/asterisk/asterisk/blob/master/res/res_http_websocket.c'

export default defineProgram({
  id: 'asterisk',
  name: 'Asterisk',
  side: 'server',
  mark: /\bres_http_websocket\.c\b|\bchan_(?:pj)?sip\.c\b|\bres_pjsip\w{0,30}\.c\b/,
  phrases: phrasesOf(websocket, [
    {
      id: 'subprotocol',
      needle: 'could not be accepted - no protocols',
      pattern: /\bcould not be accepted - no protocols (?:out of '[^'\n]{0,200}' supported|requested)/,
      said: { means: 'subprotocol', status: 400 },
      example:
        "WARNING[81]: res_http_websocket.c:873: WebSocket connection from '192.0.2.7:51111' could not be accepted - no protocols out of 'chat' supported",
      explains:
        'The client asked for none of the subprotocols that Asterisk has here, such as sip. It is answered 400.',
    },
    {
      id: 'version',
      needle: 'could not be accepted - unsupported version',
      pattern: /\bcould not be accepted - unsupported version '[\w/]{1,10}'/,
      said: { means: 'handshake-header', status: 400 },
      example:
        "WebSocket connection from '192.0.2.7:51111' could not be accepted - unsupported version '0' requested",
      explains: 'Sec-WebSocket-Version is missing, or is none of 7, 8 and 13.',
    },
    {
      id: 'closed-abruptly',
      needle: 'Web socket closed abruptly',
      pattern: /\bWeb socket closed abruptly\b/,
      said: { means: 'dropped' },
      example: 'WARNING[81]: res_http_websocket.c:505 ws_safe_read: Web socket closed abruptly',
      explains: 'TCP ended without a Close frame.',
    },
    {
      id: 'read-failed',
      needle: 'Error reading from web socket: ',
      pattern: /\bError reading from web socket: [^\n]{1,80}/,
      said: { means: 'dropped' },
      example:
        'ERROR[81]: res_http_websocket.c:512 ws_safe_read: Error reading from web socket: Connection reset by peer',
      explains: 'The connection failed while Asterisk read from it.',
    },
    {
      id: 'unresponsive',
      needle: 'Websocket seems unresponsive',
      pattern: /\bWebsocket seems unresponsive, disconnecting\b/,
      said: { means: 'dropped' },
      example:
        'WARNING[81]: res_http_websocket.c:530 ws_safe_read: Websocket seems unresponsive, disconnecting ...',
      explains: 'The rest of a frame did not come, and Asterisk ended the connection.',
    },
    {
      id: 'write-failed',
      needle: "because we can't fulfill a write request",
      pattern: /\bClosing WS with 1011 because we can't fulfill a write request\b/,
      said: { means: 'not-reading', close: { code: 1011, way: 'sent' } },
      example: "Closing WS with 1011 because we can't fulfill a write request",
      explains:
        'The client did not take what Asterisk sent within its write timeout (100 ms), and it is closed.',
    },
    {
      id: 'write-fatal',
      needle: 'forcefully closed due to fatal write error',
      pattern: /\bforcefully closed due to fatal write error\b/,
      said: { means: 'not-reading' },
      example: "WebSocket connection from '192.0.2.7:51111' forcefully closed due to fatal write error",
      explains: 'Not even the Close frame could be sent: the client does not read, or is gone.',
    },
    {
      id: 'closed',
      needle: 'WebSocket connection ',
      pattern: /\bWebSocket connection (?:from|to) '[^'\n]{3,60}' closed\b/,
      said: { means: 'ended' },
      example: "WebSocket connection from '192.0.2.7:51111' closed",
      explains: 'A connection ended. It is printed for every one.',
    },
    {
      id: 'accepted',
      needle: 'WebSocket connection from',
      pattern: /\bWebSocket connection from '[^'\n]{3,60}' for protocol '[^'\n]{0,60}' accepted\b/,
      said: { means: 'opened' },
      example: "WebSocket connection from '192.0.2.7:51111' for protocol 'sip' accepted using version '13'",
      explains: 'The handshake was accepted.',
    },
  ]),
})
