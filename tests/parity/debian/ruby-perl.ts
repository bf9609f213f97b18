/** Ruby, Perl and C: Puma and Thin with Faye's WebSocket, em-websocket, Mojolicious, libwebsockets. */

import { asking, program, type Question, type Served, source } from '#tests/parity/support/served.ts'
import { fault, healthy, open } from '#tests/parity/support/set-up.ts'

const FAYE = '/usr/share/rubygems-integration/all/specifications'
const faye: readonly Question[] = [
  asking('/ws', 'nothing', healthy),
  asking('/nothing', 'no route', open('path-not-found')),
  asking('/chat', 'nothing', healthy, { options: { subprotocols: ['chat'] } }),
  asking('/chat', 'another subprotocol is asked for', open('subprotocol-mismatch'), {
    options: { subprotocols: ['other'] },
  }),
  asking('/closes', 'closes as soon as it is open', open('normal-closure'), { says: [/right after/] }),
]

export const otherServers: readonly Served[] = [
  {
    server: 'Puma with Faye',
    needs: ['/usr/bin/puma', '/usr/lib/ruby/vendor_ruby/faye/websocket.rb', FAYE],
    start: program('/usr/bin/puma', ['-b', 'tcp://127.0.0.1:PORT', source('faye.ru')]),
    questions: faye,
  },
  {
    server: 'Thin with Faye',
    needs: ['/usr/bin/thin', '/usr/lib/ruby/vendor_ruby/faye/websocket.rb', FAYE],
    start: program('/usr/bin/thin', ['-a', '127.0.0.1', '-p', 'PORT', '-R', source('faye.ru'), 'start']),
    questions: faye,
  },
  {
    server: 'Puma without Action Cable',
    needs: ['/usr/bin/puma'],
    start: program('/usr/bin/puma', ['-b', 'tcp://127.0.0.1:PORT', source('rack.ru')]),
    questions: [
      asking('/cable', 'a page for every path', open('not-a-websocket-endpoint', 'path-not-found')),
    ],
  },
  {
    server: 'em-websocket',
    needs: ['/usr/lib/ruby/vendor_ruby/em-websocket.rb'],
    start: program('/usr/bin/ruby', [source('em.rb'), 'PORT']),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/closes', 'closes with 4000', open('application-close'), { says: [/unknown path/] }),
    ],
  },
  {
    server: 'Mojolicious',
    needs: ['/usr/share/perl5/Mojolicious.pm'],
    start: program('/usr/bin/perl', [source('mojo.pl'), 'daemon', '-l', 'http://127.0.0.1:PORT']),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/finishes', 'finishes with 4001', open('application-close'), { says: [/unknown room/] }),
      asking('/dies', 'the handler dies', open('server-error'), { says: [/log/] }),
      asking('/nothing', 'no route', fault('path-not-found')),
      asking('/page', 'a page', open('not-a-websocket-endpoint', 'path-not-found')),
      asking('/nothing-attached', 'a handler that attaches nothing', open('handshake-timeout')),
    ],
  },
  {
    server: 'libwebsockets',
    needs: ['/usr/bin/libwebsockets-test-server'],
    start: program('/usr/bin/libwebsockets-test-server', ['-p', 'PORT']),
    questions: [
      asking('/', 'nothing', healthy, { options: { subprotocols: ['lws-mirror-protocol'] } }),
      asking('/', 'another subprotocol is asked for', open('subprotocol-mismatch'), {
        options: { subprotocols: ['other'] },
      }),
    ],
  },
]
