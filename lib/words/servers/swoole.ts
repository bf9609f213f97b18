import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const protocol = 'https://github.com/swoole/swoole-src/blob/master/src/protocol/websocket.cc'

export default defineProgram({
  id: 'swoole',
  name: 'Swoole',
  side: 'server',
  mark: /\bswoole\b/i,
  phrases: [
    ...phrasesOf(protocol, [
      {
        id: 'too-big',
        needle: 'application data is too big',
        pattern: /\bframe application data is too big\b/,
        said: { means: 'too-big' },
        example: 'text frame application data is too big. remote_addr=10.0.0.9:51442',
        explains: 'A frame is longer than package_max_length.',
      },
      {
        id: 'bad-request',
        needle: 'Powered by Swoole',
        pattern: /\bHTTP 400 Bad Request<[^\n]{0,60}Powered by Swoole\b/,
        said: { means: 'upgrade-missing' },
        example: '<html><body><h2>HTTP 400 Bad Request</h2><hr><i>Powered by Swoole</i></body></html>',
        explains: 'Swoole’s answer to a request without Upgrade: websocket, or without Sec-WebSocket-Key.',
      },
      {
        id: 'handler',
        needle: 'handler error',
        pattern: /->on(?:Message|Open|Request) handler error\b/,
        said: { means: 'handler-failed', phase: 'open' },
        example: 'Swoole\\WebSocket\\Server->onMessage handler error',
        explains: 'The handler threw.',
      },
      {
        id: 'gone',
        needle: ['session#', '] is not a websocket client or closed'],
        pattern:
          /\bsession#\d{1,12} (?:does not exist|is closed)|\bthe connected client of connection\[\d{1,12}\] is not a websocket client or closed\b/,
        said: { means: 'lost' },
        example: 'Swoole\\WebSocket\\Server::push(): session#7 does not exist',
        explains: 'The program sends to a connection that has ended.',
      },
    ]),
  ],
})
