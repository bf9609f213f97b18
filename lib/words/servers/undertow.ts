import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const sockets =
  'https://github.com/undertow-io/undertow/blob/main/core/src/main/java/io/undertow/websockets/WebSocketMessages.java'
const jsr =
  'https://github.com/undertow-io/undertow/blob/main/websockets-jsr/src/main/java/io/undertow/websockets/jsr/JsrWebSocketMessages.java'
const requests =
  'https://github.com/undertow-io/undertow/blob/main/core/src/main/java/io/undertow/UndertowMessages.java'
const proxy =
  'https://github.com/undertow-io/undertow/blob/main/core/src/main/java/io/undertow/UndertowLogger.java'

export default defineProgram({
  id: 'undertow',
  name: 'Undertow and WildFly',
  side: 'server',
  mark: /\bUT0\d{5}\b|\bio\.undertow\b/,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'not-a-handshake',
        needle: ['Not a WebSocket handshake request', 'UT002001'],
        pattern: /\bUT002001\b|\bNot a WebSocket handshake request: missing [\w-]{1,40} in the headers\b/,
        said: { means: 'upgrade-missing' },
        example: 'UT002001: Not a WebSocket handshake request: missing Upgrade in the headers',
        explains: 'A header of the handshake did not arrive. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'frame',
        needle: 'UT0020',
        pattern: /\bUT0020(?:0[5-9]|1[0-3]|17|26|34)\b[^\n]{0,200}/,
        said: { means: 'frame' },
        example: 'UT002034: Web socket frame was not masked',
        explains: 'A frame breaks RFC 6455.',
      },
      {
        id: 'utf8',
        needle: 'non UTF-8 data',
        pattern: /\bText frame contains non UTF-8 data\b/,
        said: { means: 'invalid-utf8' },
        example: 'UT002003: Text frame contains non UTF-8 data',
        explains: 'A text message is not UTF-8.',
      },
      {
        id: 'bad-101',
        needle: 'UT0020',
        pattern: /\bUT0020(?:35|36|37)\b[^\n]{0,200}/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'UT002037: Sec-WebSocket-Accept mismatch, expecting abc, received def',
        explains: 'The 101 is not one for this handshake.',
      },
      {
        id: 'dropped',
        needle: ['peer went away', 'UT002046'],
        pattern: /\bClosing WebSocket, peer went away\b|\bUT002046\b/,
        said: { means: 'dropped' },
        example: 'UT002046: Closing WebSocket, peer went away.',
        explains: 'The other end closed TCP without a Close frame.',
      },
      {
        id: 'broken',
        needle: ['has been broken', 'UT002027'],
        pattern: /\bUT002027\b|\bunderlying web socket connection has been broken\b/,
        said: { means: 'lost' },
        example: 'UT002027: Could not send data, as the underlying web socket connection has been broken',
        explains: 'The program sends on a connection that has ended.',
      },
    ]),
    ...phrasesOf(jsr, [
      {
        id: 'too-big',
        needle: 'was larger than the maximum of',
        pattern: /\bMessage of size \d{1,15} was larger than the maximum of (\d{1,15})\b/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'UT003038: Message of size 70000 was larger than the maximum of 65536',
        explains: 'A message is longer than the endpoint takes.',
      },
      {
        id: 'no-handler',
        needle: 'UT00303',
        pattern: /\bUT00303[01]\b[^\n]{0,200}/,
        said: { means: 'application-protocol' },
        example:
          'UT003030: Received a text frame however endpoint does not have a method capable of handling it',
        explains: 'The endpoint handles binary messages only, or text messages only.',
      },
    ]),
    ...phrasesOf(requests, [
      {
        id: 'no-upgrade',
        needle: 'upgrade is not permitted',
        pattern: /\bRequest did not contain an Upgrade header, upgrade is not permitted\b/,
        said: { means: 'upgrade-missing' },
        example: 'UT000133: Request did not contain an Upgrade header, upgrade is not permitted',
        explains: 'The request has no Upgrade header. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'no-transport',
        needle: 'support HTTP upgrade',
        pattern: /\b(?:The underlying transport|AJP) does not support HTTP upgrade\b/,
        said: { means: 'no-websocket-support', unsure: true },
        example: 'UT000062: AJP does not support HTTP upgrade',
        explains:
          'The request came over AJP or HTTP/2, which cannot be upgraded here. Let the proxy speak http to this server.',
      },
      {
        id: 'not-tls',
        needle: 'is not a handshake record',
        pattern: /\bInitial SSL\/TLS data is not a handshake record\b/,
        said: { means: 'plain-on-tls' },
        example: 'UT000140: Initial SSL/TLS data is not a handshake record',
        explains: 'Plain HTTP arrived at the port that speaks TLS.',
      },
      {
        id: 'too-large',
        needle: ['UT00', 'terminated as request header was larger than '],
        pattern:
          /\bUT005006\b[^\n]{0,200}|\bterminated as request header was larger than \d|\bUT000040\b[^\n]{0,80}/,
        said: { means: 'request-too-large' },
        example:
          'UT005006: Connection from /10.0.0.9:51442 terminated as request header was larger than 1048576',
        explains: 'The headers of the request, mostly cookies, are longer than Undertow reads.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'backend-timeout',
        needle: 'Proxy request to',
        pattern: /\bProxy request to \S{1,300} timed out\b/,
        said: { means: 'backend-timeout' },
        side: 'proxy',
        example: 'UT005021: Proxy request to /ws timed out',
        explains: 'Undertow’s proxy got no answer from the backend in time.',
      },
      {
        id: 'backend-unresolved',
        needle: 'could not resolve a backend',
        pattern: /\bProxy request to \S{1,300} could not resolve a backend server\b/,
        said: { means: 'no-backend' },
        side: 'proxy',
        example: 'UT005030: Proxy request to /ws could not resolve a backend server',
        explains: 'Undertow’s proxy has no backend for this request.',
      },
      {
        id: 'backend-refused',
        needle: 'could not connect to backend',
        pattern: /\bProxy request to \S{1,300} could not connect to backend server\b/,
        said: { means: 'backend-refused' },
        side: 'proxy',
        example: 'UT005031: Proxy request to /ws could not connect to backend server http://127.0.0.1:3000',
        explains: 'The backend does not accept connections.',
      },
    ]),
  ],
})
