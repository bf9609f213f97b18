import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const tunnel = 'https://github.com/lighttpd/lighttpd1.4/blob/master/src/mod_wstunnel.c'
const backend = 'https://github.com/lighttpd/lighttpd1.4/blob/master/src/gw_backend.c'

export default defineProgram({
  id: 'lighttpd',
  name: 'lighttpd',
  side: 'proxy',
  mark: /\(mod_wstunnel\.c\.\d|\(gw_backend\.c\.\d|\(mod_proxy\.c\.\d|\(server\.c\.\d/,
  phrases: [
    ...phrasesOf(tunnel, [
      {
        id: 'origin',
        needle: 'does not match any allowed origins',
        pattern: /(?<!\S)(\S{1,300}) does not match any allowed origins\b/,
        said: ([, origin]) => ({ means: 'origin-refused', ...(origin && { origin }) }),
        example: '(mod_wstunnel.c.412) https://evil.example does not match any allowed origins',
        explains: 'The Origin is not in wstunnel.origins.',
      },
      {
        id: 'ping-timeout',
        needle: 'timeout client (fd',
        pattern: /\btimeout client \(fd=\d{1,9}\)/,
        said: { means: 'ping-timeout' },
        example: '(mod_wstunnel.c.1201) timeout client (fd=9)',
        explains: 'The client answered no ping of wstunnel.ping-interval.',
      },
    ]),
    ...phrasesOf(backend, [
      {
        id: 'refused',
        needle: ['connection failed: socket', 'establishing connection failed: '],
        pattern: /\bestablishing connection failed: (?:socket: )?[^\n]{1,200}/,
        said: { means: 'backend-refused' },
        example:
          '(gw_backend.c.236) establishing connection failed: socket: tcp:127.0.0.1:3000: Connection refused',
        explains: 'The backend does not accept connections.',
      },
      {
        id: 'down',
        needle: 'are down.',
        pattern: /\ball handlers for [^\n]{1,300} are down\./,
        said: { means: 'no-backend' },
        example: '(gw_backend.c.328) all handlers for /ws? on /ws are down.',
        explains: 'Every backend of this path failed lately, and lighttpd waits before it tries again.',
      },
      {
        id: 'closed',
        needle: ['response not received, request sent', 'closing connection; response not received'],
        pattern:
          /\bresponse not received, request sent(?:, but too many retries)?\b|\bclosing connection; response not received\b/,
        said: { means: 'backend-closed' },
        example:
          '(gw_backend.c.2149) response not received, request sent: 512 on socket: tcp:127.0.0.1:3000 for /ws?, closing connection',
        explains: 'The backend closed the connection without an answer.',
      },
      {
        id: 'timeout',
        needle: 'timeout on socket',
        pattern: /\b(connect|read|write) timeout on socket: /,
        said: { means: 'backend-timeout' },
        example: '(gw_backend.c.2622) read timeout on socket: tcp:127.0.0.1:3000 (fd: 11)',
        explains: 'The backend did not answer in time, or a tunnel was silent for longer than the timeout.',
      },
    ]),
  ],
})
