import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const core = 'https://github.com/unbit/uwsgi/blob/master/core/websockets.c'
const python = 'https://github.com/unbit/uwsgi/blob/master/plugins/python/uwsgi_pymodule.c'

export default defineProgram({
  id: 'uwsgi',
  name: 'uWSGI',
  side: 'server',
  mark: /\buwsgi\b/i,
  phrases: [
    ...phrasesOf(core, [
      {
        id: 'no-ssl',
        needle: 'to build uWSGI with SSL support',
        pattern: /\byou need to build uWSGI with SSL support to use the websockets? handshake\b[^\n]{0,60}/,
        said: { means: 'no-websocket-support' },
        example: 'you need to build uWSGI with SSL support to use the websocket handshake api function !!!',
        explains:
          'uWSGI was built without OpenSSL, whose SHA-1 the handshake needs: it was compiled where OpenSSL’s headers are missing.',
        fix: 'Install OpenSSL’s headers (libssl-dev, openssl-devel) and then build uWSGI again, without a cached wheel: pip install --no-binary :all: --no-cache-dir --force-reinstall uwsgi. An image that is built in stages needs OpenSSL in the stage that runs, too.',
      },
      {
        id: 'no-pong',
        needle: 'no PONG received in',
        pattern: /\bno PONG received in (\d{1,6}) seconds\b/,
        said: ([, seconds]) => ({ means: 'ping-timeout', limitMs: Number(seconds) * 1000 }),
        example: '[uwsgi-websocket] "GET /ws" (203.0.113.7) no PONG received in 3 seconds !!!',
        explains:
          'uWSGI pings every 30 s and waits 3 s for the pong, unless websockets-ping-freq and websockets-pong-tolerance say otherwise.',
      },
      {
        id: 'too-big',
        needle: 'invalid packet size received',
        pattern: /\binvalid packet size received: \d{1,20}, max allowed: (\d{1,20})/,
        said: ([, bytes]) => ({ means: 'too-big', limitBytes: Number(bytes) }),
        example:
          '[uwsgi-websocket] "GET /ws" (203.0.113.7) invalid packet size received: 2000000, max allowed: 1048576',
        explains:
          'A message is larger than websockets-max-size, which counts in KB: 1024, if it was not set.',
      },
      {
        id: 'continuation',
        needle: 'continuation with empty previous buffer',
        pattern: /\bError continuation with empty previous buffer\b/,
        said: { means: 'frame' },
        example: 'Error continuation with empty previous buffer',
        explains: 'A continuation came without the first part of its message.',
      },
    ]),
    ...phrasesOf(python, [
      {
        id: 'handshake',
        needle: 'unable to complete websocket handshake',
        pattern: /\b(?:OSError|IOError|Exception): unable to complete websocket handshake\b/,
        said: { means: 'nothing-said' },
        example: 'OSError: unable to complete websocket handshake',
        explains:
          'uwsgi.websocket_handshake() failed: the request has no key, or uWSGI was built without SSL. A line of uWSGI before it says so.',
      },
      {
        id: 'receive',
        needle: 'unable to receive websocket message',
        pattern: /\b(?:OSError|IOError|Exception): unable to receive websocket message\b/,
        said: { means: 'lost', phase: 'open' },
        example: 'OSError: unable to receive websocket message',
        explains: 'The connection ended: by the client, or because uWSGI gave up over a ping or a message.',
      },
      {
        id: 'send',
        needle: 'unable to send websocket',
        pattern: /\b(?:OSError|IOError|Exception): unable to send websocket (?:binary )?message\b/,
        said: { means: 'lost', phase: 'open' },
        example: 'OSError: unable to send websocket message',
        explains: 'The client had gone before this message was written.',
      },
    ]),
  ],
})
