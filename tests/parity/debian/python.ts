/** Python's own WebSocket servers: aiohttp, Tornado, the library websockets, Autobahn. */

import { asking, PYTHON, python, pythonModule, type Served, source } from '#tests/parity/support/served.ts'
import { fault, healthy, open } from '#tests/parity/support/set-up.ts'

const needs = (name: string) => [PYTHON, pythonModule(name)]
const foreign = { origin: 'https://evil.example' }

export const pythonServers: readonly Served[] = [
  {
    server: 'aiohttp',
    needs: needs('aiohttp'),
    start: python(source('aiohttp_app.py'), 'PORT'),
    questions: [
      asking('/ws', 'nothing', healthy),
      // It waits half as long for a pong, which a busy machine must be able to send.
      asking('/beats', 'nothing: it pings', healthy, { options: { holdSeconds: 5 } }),
      asking('/chat', 'the route ends with a slash', open('path-not-found'), { says: [/\/chat\//] }),
      asking('/nothing', 'no route', fault('path-not-found')),
      asking('/page', 'a page', open('not-a-websocket-endpoint', 'path-not-found')),
      asking('/post', 'a route of POST', open('not-a-websocket-endpoint', 'path-not-found')),
      asking('/unauthorized', '401', fault('authentication-required')),
      asking('/returns', 'the handler returns', open('normal-closure'), { says: [/returned/] }),
      asking('/returns-nothing', 'the handler returns no response', open('backend-dropped')),
      asking('/raises', 'the handler raises', open('backend-dropped'), { says: [/exception/] }),
      asking('/raises-before', 'raises before the upgrade', open('server-error'), { says: [/log/] }),
      asking('/chat-only', 'closes with 1002 where chat is not asked for', open('subprotocol-mismatch'), {
        says: [/subprotocol/],
      }),
    ],
  },
  {
    server: 'Tornado',
    needs: needs('tornado'),
    start: python(source('tornado_app.py'), 'PORT'),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/ws', 'a page of another host', open('origin-rejected'), {
        options: foreign,
        says: [/check_origin/],
      }),
      asking('/nothing', 'no route', fault('path-not-found')),
      asking('/page', 'a page', open('not-a-websocket-endpoint', 'path-not-found')),
      asking('/raises', 'open() raises', open('backend-dropped'), { says: [/exception/] }),
      asking('/closes', 'open() closes', open('no-status', 'normal-closure'), { says: [/right after/] }),
      asking('/closes-with', 'open() closes with 4001', open('application-close'), { says: [/4001/] }),
      asking('/forbids', 'prepare() refuses', open('forbidden')),
      asking('/chat', 'refuses with its reason in the status line', open('subprotocol-mismatch'), {
        says: [/chat is required/],
      }),
    ],
  },
  {
    server: 'websockets',
    needs: needs('websockets'),
    start: python(source('websockets_app.py'), 'PORT', 'plain'),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/returns', 'the handler returns', open('normal-closure'), { says: [/async for message/] }),
      asking('/raises', 'the handler raises', open('internal-error'), { says: [/exception/] }),
      asking('/waits', 'no first message in time', open('first-message-missing', 'policy-violation'), {
        options: { holdSeconds: 3 },
        says: [/first message/],
      }),
      asking('/token', '401', fault('authentication-required')),
      asking('/fails', 'process_request raises', open('server-error'), { says: [/log/] }),
      asking('/health', 'answered as a page', open('not-a-websocket-endpoint', 'path-not-found')),
    ],
  },
  {
    server: 'websockets with a list of origins',
    needs: needs('websockets'),
    start: python(source('websockets_app.py'), 'PORT', 'origins'),
    questions: [
      asking('/ws', 'its own page is not in the list', open('origin-rejected'), { says: [/origins=/] }),
      asking('/ws', 'no Origin', open('origin-missing'), { options: { origin: null } }),
      asking('/ws', 'nothing', healthy, { options: { origin: 'https://app.example' } }),
    ],
  },
  {
    server: 'websockets with a subprotocol',
    needs: needs('websockets'),
    start: python(source('websockets_app.py'), 'PORT', 'subprotocols'),
    questions: [
      asking('/ws', 'nothing', healthy, { options: { subprotocols: ['chat'] } }),
      asking('/ws', 'another is asked for', open('subprotocol-mismatch'), {
        options: { subprotocols: ['other'] },
        says: [/subprotocols=/],
      }),
    ],
  },
  {
    server: 'Autobahn',
    needs: needs('autobahn'),
    start: python(source('autobahn_app.py'), 'PORT'),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/denied', 'onConnect denies', open('forbidden')),
      asking('/chat', 'onConnect denies with its reason', open('subprotocol-mismatch'), {
        says: [/chat is required/],
      }),
      asking('/raises', 'onConnect raises', open('server-error'), { says: [/log/] }),
    ],
  },
  {
    server: 'Autobahn with allowedOrigins',
    needs: needs('autobahn'),
    start: python(source('autobahn_app.py'), 'PORT', 'origins'),
    questions: [
      asking('/ws', 'its own page is not in the list', open('origin-rejected'), { says: [/allowedOrigins/] }),
    ],
  },
]
