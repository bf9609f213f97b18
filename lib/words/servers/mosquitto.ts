import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const loop = 'https://github.com/eclipse-mosquitto/mosquitto/blob/master/src/loop.c'
const connect = 'https://github.com/eclipse-mosquitto/mosquitto/blob/master/src/handle_connect.c'
const websockets = 'https://github.com/eclipse-mosquitto/mosquitto/blob/master/src/websockets.c'

export default defineProgram({
  id: 'mosquitto',
  name: 'Eclipse Mosquitto',
  side: 'server',
  phrases: [
    ...phrasesOf(loop, [
      {
        id: 'connecting',
        needle: 'New connection from',
        pattern: /\bNew connection from \S{1,80} on port \d{1,5}\./,
        said: { means: 'connecting' },
        example: '1714557600: New connection from 10.0.0.9:51442 on port 9001.',
        explains: 'A client connected by TCP, before any MQTT.',
      },
      {
        id: 'connected',
        needle: 'New client connected',
        pattern: /\bNew client connected from \S{1,80} as \S{1,200} \(p\d/,
        said: { means: 'opened', application: 'mqtt' },
        example: '1714557600: New client connected from 10.0.0.9:51442 as web-7 (p2, c1, k60).',
        explains: 'The broker accepted the MQTT session.',
      },
      {
        id: 'timeout',
        needle: 'timeout',
        pattern:
          /\bClient \S{1,200} (?:\[\S{1,80}\] )?(?:has exceeded timeout, disconnecting|disconnected: exceeded timeout)/,
        said: { means: 'ping-timeout', application: 'mqtt' },
        example: '1714557600: Client web-7 has exceeded timeout, disconnecting.',
        explains: 'Nothing came for one and a half times the client’s keep-alive, and the broker closed.',
      },
      {
        id: 'not-authorised',
        needle: 'disconnected',
        pattern:
          /\bClient \S{1,200} (?:\[\S{1,80}\] )?disconnected(?:, |: )(?:not authorised|bad username or password)/,
        said: { means: 'unauthorized', application: 'mqtt' },
        example: '1714557600: Client web-7 disconnected, not authorised.',
        explains: 'The broker does not accept the user, the password or the client id.',
      },
      {
        id: 'protocol',
        needle: [
          'protocol error',
          ' disconnected due to malformed packet',
          ' disconnected: malformed packet',
        ],
        pattern:
          /\bClient \S{1,200} (?:\[\S{1,80}\] )?disconnected(?: due to |: )(?:protocol error|malformed packet)/,
        said: { means: 'application-protocol', application: 'mqtt', unsure: true },
        example: '1714557600: Client <unknown> disconnected due to protocol error.',
        explains: 'What came is no MQTT: another protocol, such as HTTP at the port of MQTT itself.',
      },
      {
        id: 'origin',
        needle: 'non-matching http origin',
        pattern: /\bdisconnected: non-matching http origin/,
        said: { means: 'origin-refused' },
        example: '1714557600: Client web-7 [10.0.0.9:51442] disconnected: non-matching http origin.',
        explains: 'websockets_origin of the listener does not list the page’s Origin.',
      },
      {
        id: 'too-big',
        needle: 'oversize',
        pattern: /\bClient \S{1,200} (?:\[\S{1,80}\] )?disconnected: oversize (?:packet|payload)/,
        said: { means: 'too-big', application: 'mqtt' },
        example: '1714557600: Client web-7 [10.0.0.9:51442] disconnected: oversize packet.',
        explains: 'A packet is larger than max_packet_size allows.',
      },
      {
        id: 'taken-over',
        needle: ['already connected', '] disconnected: session taken over'],
        pattern:
          /\bClient \S{1,200} (?:already connected, closing old connection|\[\S{1,80}\] disconnected: session taken over)/,
        said: { means: 'closed-by-server', application: 'mqtt' },
        example: '1714557600: Client web-7 already connected, closing old connection.',
        explains: 'Another client connected with the same id, and the broker closed this one.',
      },
      {
        id: 'socket-error',
        needle: 'Socket error on client',
        pattern: /\bSocket error on client \S{1,200}, disconnecting/,
        said: { means: 'ended' },
        example: '1714557600: Socket error on client <unknown>, disconnecting.',
        explains: 'The client’s TCP connection ended. <unknown>: no MQTT had come before.',
      },
      {
        id: 'gone',
        needle: 'Client ',
        pattern:
          /\bClient \S{1,200} (?:\[\S{1,80}\] )?(?:disconnected\.|closed its connection|disconnected: connection closed by client)/,
        said: { means: 'ended' },
        example: '1714557600: Client web-7 closed its connection.',
        explains: 'The client ended the connection.',
      },
      {
        id: 'stopping',
        needle: 'terminating',
        pattern: /\bmosquitto version \S{1,20} terminating/,
        said: { means: 'shutting-down' },
        example: '1714557600: mosquitto version 2.0.18 terminating',
        explains: 'The broker stops, and all connections end.',
      },
    ]),
    ...phrasesOf(connect, [
      {
        id: 'tls',
        needle: 'non-TLS listener',
        pattern: /\bappears to be using TLS to connect to a non-TLS listener/,
        said: { means: 'tls-garbled' },
        example: 'Client from 10.0.0.9:51442 appears to be using TLS to connect to a non-TLS listener.',
        explains: 'The client speaks TLS, and this listener does not.',
      },
      {
        id: 'no-mqtt',
        needle: 'Protocol error from',
        pattern: /\bProtocol error from \S{1,80}:? CONNECT with (?:missing|incorrect|invalid) protocol/,
        said: { means: 'application-protocol', application: 'mqtt', unsure: true },
        example: 'Protocol error from 10.0.0.9:51442: CONNECT with missing protocol string.',
        explains: 'What came is no MQTT, or a version that the broker does not speak.',
      },
    ]),
    ...phrasesOf(websockets, [
      {
        id: 'full',
        needle: 'max_connections exceeded',
        pattern: /\bClient connection from \S{1,80} denied: max_connections exceeded/,
        said: { means: 'too-many-connections' },
        example: 'Client connection from 10.0.0.9 denied: max_connections exceeded.',
        explains: 'The listener has as many connections as max_connections allows.',
      },
      {
        id: 'no-support',
        needle: 'Websockets support not available',
        pattern: /\bWebsockets support not available\b/,
        said: { means: 'no-websocket-support' },
        example: 'Error: Websockets support not available.',
        explains: 'This build of Mosquitto has no WebSockets.',
      },
    ]),
  ],
})
