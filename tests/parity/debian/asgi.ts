/** Python's ASGI servers: uvicorn with each library and with none, hypercorn, daphne; FastAPI and Channels on them. */

import { asking, python, pythonModule, type Question, type Served } from '#tests/parity/support/served.ts'
import { fault, healthy, open } from '#tests/parity/support/set-up.ts'

const own = { origin: 'https://app.example' }
const uvicorn = (library: 'websockets' | 'wsproto' | 'none', app = 'asgi:app') =>
  python('-m', 'uvicorn', '--host', '127.0.0.1', '--port', 'PORT', '--ws', library, app)
const daphne = (app: string) => python('-m', 'daphne', '-b', '127.0.0.1', '-p', 'PORT', app)

const FASTAPI = ['fastapi', 'uvicorn'].map(pythonModule)

/** What a FastAPI application does on every server. */
const fastapi: readonly Question[] = [
  asking('/ws', 'nothing', healthy),
  asking('/chat', 'the route ends with a slash', open('path-not-found'), { says: [/\/chat\//] }),
  asking('/nothing', 'no route', open('path-not-found', 'forbidden'), { says: [/route/] }),
  asking('/page', 'a route of HTTP', open('path-not-found', 'forbidden', 'not-a-websocket-endpoint')),
  asking('/denied', 'closed before it was accepted', open('forbidden', 'path-not-found'), {
    says: [/before it accepts/],
  }),
  asking('/token', 'a query parameter is missing', open('forbidden', 'path-not-found'), {
    says: [/parameter/],
  }),
  asking('/raises-before', 'raises before it accepts', open('server-error'), { says: [/log/] }),
]
const dropped = asking('/raises', 'the handler raises', open('backend-dropped', 'internal-error'), {
  says: [/exception/],
})
const returned = asking('/returns', 'the handler returns', open('normal-closure'), { says: [/returned/] })
const waits = asking(
  '/waits',
  'closes with 1008 where no token came',
  open('policy-violation', 'first-message-missing', 'authentication-required'),
  { says: [/token/], options: { holdSeconds: 3 } },
)

const CHANNELS = ['channels', 'daphne'].map(pythonModule)

/** The same consumers on either server. */
const channels: readonly Question[] = [
  asking('/ws/', 'nothing', healthy),
  asking('/ws', 'the last slash is missing', open('path-not-found'), { says: [/\/ws\//] }),
  asking('/nothing', 'no route', open('path-not-found', 'server-error'), { says: [/route/] }),
  asking('/ws/', 'a page of another host', open('origin-rejected'), { options: own }),
  asking('/ws/', 'no Origin', open('origin-missing'), { options: { origin: null } }),
  asking('/denied/', 'connect() closes', open('forbidden'), { says: [/before it accepts/] }),
  asking('/closes/', 'closes with 4003', open('application-close'), { says: [/4003/] }),
  asking('/raises/', 'raises once it is open', open('internal-error', 'backend-dropped'), {
    says: [/exception/],
  }),
]
const ofDjango = asking('/ws/', 'a page of another host: the fix is Django’s', open('origin-rejected'), {
  options: own,
  says: [/ALLOWED_HOSTS/],
})
const noWebSocket = (server: string, start: Served['start'], what: string): Served => ({
  server,
  needs: CHANNELS,
  start,
  questions: [
    asking('/ws/', what, open('server-error', 'server-without-websocket'), {
      says: [/ProtocolTypeRouter/],
    }),
  ],
})

export const asgiServers: readonly Served[] = [
  {
    server: 'uvicorn with websockets',
    needs: [...FASTAPI, pythonModule('websockets')],
    start: uvicorn('websockets'),
    questions: [...fastapi, dropped, returned, waits],
  },
  {
    server: 'uvicorn with wsproto',
    needs: [...FASTAPI, pythonModule('wsproto')],
    start: uvicorn('wsproto'),
    questions: [
      ...fastapi,
      dropped,
      asking('/returns', 'nothing: it keeps open what a handler left', healthy),
    ],
  },
  {
    server: 'uvicorn without a library',
    needs: FASTAPI,
    start: uvicorn('none'),
    questions: ['/ws', '/nothing'].map((path) =>
      asking(path, '“Unsupported upgrade request.”', open('server-without-websocket'), {
        says: [/uvicorn\[standard\]/],
      }),
    ),
  },
  {
    server: 'hypercorn',
    needs: [...FASTAPI, pythonModule('hypercorn')],
    start: python('-m', 'hypercorn', '--bind', '127.0.0.1:PORT', 'asgi:app'),
    questions: [...fastapi, returned, { ...returned, ask: '/raises', fault: 'the handler raises' }, waits],
  },
  {
    server: 'daphne with FastAPI',
    needs: [...FASTAPI, ...CHANNELS],
    start: daphne('asgi:app'),
    questions: [
      ...fastapi,
      asking('/raises', 'the handler raises', fault('internal-error'), { says: [/exception/] }),
      // Autobahn sends no other standard code than 1000.
      asking('/waits', 'closes with 1008, which raises', open('internal-error'), {
        options: { holdSeconds: 3 },
      }),
    ],
  },
  {
    server: 'Channels on daphne',
    needs: CHANNELS,
    start: daphne('channels_app:application'),
    questions: [...channels, ofDjango],
  },
  {
    server: 'Channels on uvicorn',
    needs: [...CHANNELS, ...FASTAPI],
    start: uvicorn('websockets', 'channels_app:application'),
    questions: channels,
  },
  noWebSocket(
    'Channels without “websocket”',
    daphne('channels_app:only_http'),
    'no such scope in the router',
  ),
  noWebSocket('Django alone on daphne', daphne('channels_app:django_asgi'), 'get_asgi_application() alone'),
  noWebSocket('Django alone on uvicorn', uvicorn('websockets', 'channels_app:django_asgi'), 'the same'),
]
