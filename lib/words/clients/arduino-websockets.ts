import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/Links2004/arduinoWebSockets/blob/master/src/WebSocketsClient.cpp'
const server = 'https://github.com/Links2004/arduinoWebSockets/blob/master/src/WebSocketsServer.cpp'
const frames = 'https://github.com/Links2004/arduinoWebSockets/blob/master/src/WebSockets.cpp'

export default defineProgram({
  id: 'arduino-websockets',
  name: 'arduinoWebSockets',
  side: 'client',
  mark: /\[WS-(?:Client|Server)\]|\[WS\]\[\d{1,3}\]|\[HBtimeout\]/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'serverCode is not 101',
        pattern: /\bserverCode is not 101 \((\d{3})\)/,
        said: ([, status]) => saidOfStatus(status),
        example: '[WS-Client][handleHeader] serverCode is not 101 (403)',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-101',
        needle: ['Sec-WebSocket-Accept is', 'cIsUpgrade', 'cIsWebsocket'],
        pattern:
          /\bSec-WebSocket-Accept is (?:wrong|missing)\b|\[handleHeader\] {1,4}- (?:cIsUpgrade|cIsWebsocket): 0\b/,
        said: { means: 'bad-101' },
        example: '[WS-Client][handleHeader] Sec-WebSocket-Accept is wrong',
        explains: 'Sec-WebSocket-Accept is not the answer to the key that was sent.',
      },
      {
        id: 'no-websocket',
        needle: 'no Websocket connection close',
        pattern: /\[WS-Client\]\[handleHeader\] no Websocket connection close\b/,
        said: { means: 'bad-answer' },
        example: '[WS-Client][handleHeader] no Websocket connection close.',
        explains: 'The answer is no 101 of a WebSocket. The lines above have its headers.',
      },
      {
        id: 'timeout',
        needle: 'header response timeout',
        pattern: /\bheader response timeout\b/,
        said: { means: 'handshake-timeout' },
        example: '[WS-Client][handleClientData] header response timeout.. disconnecting!',
        explains: 'No answer to the handshake came in time.',
      },
      {
        id: 'no-connection',
        needle: 'Failed',
        pattern: /\[WS-Client\] connection to \S{1,260} Failed\b/,
        said: { means: 'no-connection' },
        example: '[WS-Client] connection to app.example:443 Failed',
        explains: 'TCP or TLS did not connect.',
      },
      {
        id: 'connecting',
        needle: '[WS-Client] connect ws',
        pattern: /\[WS-Client\] connect wss?\.\.\./,
        said: { means: 'connecting' },
        example: '[WS-Client] connect wss...',
        explains: 'The client connects, with TLS where it says wss.',
      },
      {
        id: 'reached',
        needle: '[WS-Client] connected to ',
        pattern: /\[WS-Client\] connected to (\S{1,260}?:\d{1,5})\./,
        said: ([, address]) => ({ means: 'reached', ...(address !== undefined && { address }) }),
        example: '[WS-Client] connected to app.example:443.',
        explains: 'TCP connected, and TLS where it is used. The handshake is sent next.',
      },
      {
        id: 'sent',
        needle: '[sendHeader]',
        pattern: /\[WS-Client\]\[sendHeader\] (?:sending header|handshake GET )/,
        said: { means: 'reached' },
        example: '[WS-Client][sendHeader] sending header... Done (30236us).',
        explains: 'The handshake was sent. Its answer is next.',
      },
      {
        id: 'lost',
        needle: 'connection lost',
        pattern: /\[WS-Client\] connection lost\b/,
        said: { means: 'lost' },
        example: '[WS-Client] connection lost.',
        explains: 'The connection ended. How is not said.',
      },
      {
        id: 'disconnected',
        needle: '[WS-Client] client disconnected',
        pattern: /\[WS-Client\] client disconnected\b/,
        said: { means: 'lost' },
        example: '[WS-Client] client disconnected.',
        explains: 'The client cleans up after a connection. The lines above say how it ended.',
      },
      {
        id: 'opened',
        needle: 'connection init done',
        pattern: /\bWebsocket connection init done\b/,
        said: { means: 'opened' },
        example: '[WS-Client][handleHeader] Websocket connection init done.',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'pong',
        needle: 'pong TIMEOUT',
        pattern: /\[HBtimeout\] pong TIMEOUT!/,
        said: { means: 'ping-timeout' },
        example: '[HBtimeout] pong TIMEOUT! lp=120 millis=18201 pi=15000 count=1',
        explains: 'The other end did not answer the ping in time.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'server-no-websocket',
        needle: 'no Websocket connection close',
        pattern: /\[WS-Server\]\[\d{1,3}\]\[handleHeader\] no Websocket connection close\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: '[WS-Server][0][handleHeader] no Websocket connection close.',
        explains: 'The request lacks Upgrade, Connection: Upgrade, a key or version 13.',
      },
      {
        id: 'server-full',
        needle: 'no free space new client',
        pattern: /\[WS-Server\] no free space new client from /,
        said: { means: 'too-many-connections' },
        side: 'server',
        example: '[WS-Server] no free space new client from 192.0.2.7',
        explains: 'WEBSOCKETS_SERVER_CLIENT_MAX connections are open, 5 where nothing is set.',
      },
      {
        id: 'server-new',
        needle: 'new client from',
        pattern: /\[WS-Server\]\[\d{1,3}\] new client from /,
        said: { means: 'connecting' },
        side: 'server',
        example: '[WS-Server][0] new client from 192.0.2.7',
        explains: 'A client connected by TCP. Its handshake is next.',
      },
      {
        id: 'server-opened',
        needle: 'Websocket connection incoming',
        pattern: /\[WS-Server\]\[\d{1,3}\]\[handleHeader\] Websocket connection incoming\b/,
        said: { means: 'opened' },
        side: 'server',
        example: '[WS-Server][0][handleHeader] Websocket connection incoming.',
        explains: 'The handshake is complete, and the server answers it.',
      },
      {
        id: 'server-ended',
        needle: ['client disconnected', 'client connection lost'],
        pattern: /\[WS-Server\]\[\d{1,3}\] client (?:disconnected|connection lost)\b/,
        said: { means: 'ended' },
        side: 'server',
        example: '[WS-Server][0] client connection lost.',
        explains: 'A client is gone.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'too-big',
        needle: [
          'payload too big',
          'not enough memory to handle payload',
          'to less memory to handle payload',
        ],
        pattern: /\[handleWebsocket\] (?:payload too big!|(?:not enough|to less) memory to handle payload)/,
        said: { means: 'too-big' },
        example: '[WS][0][handleWebsocket] payload too big! (20480)',
        explains:
          'A message is larger than WEBSOCKETS_MAX_DATA_SIZE (15 KiB on an ESP8266), or than the memory that is free.',
      },
      {
        id: 'frame',
        needle: 'got unknown opcode',
        pattern: /\[handleWebsocket\] got unknown opcode: /,
        said: { means: 'frame' },
        example: '[WS][0][handleWebsocket] got unknown opcode: 3',
        explains: 'The bytes that arrived do not form a frame, or an earlier frame was read wrongly.',
      },
      {
        id: 'close',
        needle: '[handleWebsocket] get close',
        pattern: /\[handleWebsocket\] get close: code: (\d{4,5})\b/,
        said: ([, code]) =>
          Number(code) >= 1000 && Number(code) < 5000
            ? { means: 'close', close: { code: Number(code), way: 'received' } }
            : { means: 'closed-by-server' },
        example: '[WS][0][handleWebsocket] get close: code: 1001',
        explains: 'A Close frame with this code arrived.',
      },
      {
        id: 'read-timeout',
        needle: 'receive TIMEOUT',
        pattern: /\[readCb\] receive TIMEOUT!/,
        said: { means: 'lost', phase: 'open' },
        example: '[WS][0][readCb] receive TIMEOUT! 2000ms',
        explains: 'The rest of a frame did not come in time.',
      },
    ]),
  ],
})
