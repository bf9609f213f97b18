/** WSGI servers, none of which can upgrade, and those that borrow the connection: gunicorn's workers, eventlet, gevent. */

import {
  asking,
  program,
  python,
  pythonModule,
  type Question,
  type Served,
  source,
} from '#tests/parity/support/served.ts'
import { healthy, healthyOr, open } from '#tests/parity/support/set-up.ts'

const FLASK = pythonModule('flask')
const none = open('server-without-websocket', 'not-a-websocket-endpoint')
const page: readonly Question[] = [asking('/ws', 'WSGI has no WebSocket', none, { says: [/WSGI/, /ASGI/] })]
const gunicorn = (...args: string[]) => python('-m', 'gunicorn', '-b', '127.0.0.1:PORT', ...args)
const socketIo = (query: string) => `/socket.io/?${query}&transport=websocket`

export const wsgiServers: readonly Served[] = [
  {
    server: 'gunicorn, sync worker',
    needs: [FLASK, pythonModule('gunicorn')],
    start: gunicorn('wsgi:app'),
    questions: page,
  },
  {
    server: 'gunicorn, threads',
    needs: [FLASK, pythonModule('gunicorn')],
    start: gunicorn('-k', 'gthread', 'wsgi:app'),
    questions: page,
  },
  {
    server: 'gunicorn, Django as WSGI',
    needs: [pythonModule('gunicorn'), pythonModule('channels')],
    start: gunicorn('channels_app:wsgi'),
    questions: [
      asking(
        '/ws/',
        'WSGI has no WebSocket',
        open('server-without-websocket', 'not-a-websocket-endpoint', 'path-not-found'),
        { says: [/WSGI/, /ASGI/] },
      ),
    ],
  },
  {
    server: 'gunicorn, sync worker with an ASGI application',
    needs: [pythonModule('gunicorn'), pythonModule('fastapi')],
    start: gunicorn('asgi:app'),
    questions: [
      asking('/ws', 'the worker calls it as WSGI', open('server-without-websocket', 'server-error'), {
        says: [/UvicornWorker/],
      }),
    ],
  },
  {
    server: 'gunicorn, UvicornWorker',
    needs: ['gunicorn', 'fastapi', 'uvicorn', 'websockets'].map(pythonModule),
    start: gunicorn('-k', 'uvicorn.workers.UvicornWorker', 'asgi:app'),
    questions: [asking('/ws', 'nothing', healthy)],
  },
  {
    server: 'waitress',
    needs: [FLASK, pythonModule('waitress')],
    start: python('-m', 'waitress', '--listen=127.0.0.1:PORT', 'wsgi:app'),
    questions: page,
  },
  {
    server: 'Werkzeug',
    needs: [FLASK],
    start: python('-m', 'flask', '--app', 'wsgi', 'run', '--port', 'PORT'),
    questions: page,
  },
  {
    server: 'uWSGI, which names itself nowhere',
    needs: [FLASK, '/usr/lib/uwsgi/plugins/python3_plugin.so'],
    start: program('/usr/bin/uwsgi', [
      ...['--plugin', 'python3', '--http-socket', '127.0.0.1:PORT'],
      ...['--module', 'wsgi:app', '--pythonpath', source('')],
    ]),
    questions: page,
  },
  {
    server: 'http.server',
    needs: [],
    start: python('-m', 'http.server', '--bind', '127.0.0.1', 'PORT'),
    questions: [
      asking('/', 'a list of files', none),
      asking('/ws', 'no such file', open('path-not-found', 'not-a-websocket-endpoint')),
    ],
  },
  {
    server: 'Flask-SocketIO with threads',
    needs: [FLASK, pythonModule('flask_socketio')],
    start: python(source('socketio_app.py'), 'PORT', 'threading'),
    questions: [
      asking(socketIo('EIO=4'), 'no simple-websocket', open('server-without-websocket'), {
        application: 'socket.io',
        says: [/simple-websocket/],
      }),
    ],
  },
  {
    server: 'Flask-SocketIO with eventlet',
    needs: [FLASK, pythonModule('flask_socketio'), pythonModule('eventlet')],
    start: python(source('socketio_app.py'), 'PORT', 'eventlet'),
    questions: [
      asking(socketIo('EIO=4'), 'nothing', healthy, { application: 'socket.io' }),
      asking(socketIo('EIO=3'), 'an old client', open('application-protocol-mismatch'), {
        says: [/EIO=4/],
      }),
      asking(socketIo('EIO=4'), 'a page of another host', open('origin-rejected'), {
        options: { origin: 'https://app.example' },
        says: [/https:\/\/app\.example/],
      }),
      asking('/ws', 'the path is Flask’s', open('path-not-found')),
    ],
  },
  {
    server: 'eventlet',
    needs: [pythonModule('eventlet')],
    start: python(source('eventlet_app.py'), 'PORT'),
    questions: [
      asking('/ws', 'nothing', healthy),
      asking('/nothing', 'no route', open('path-not-found')),
      asking('/returns', 'the handler returns', open('no-status', 'normal-closure'), { says: [/returned/] }),
      asking('/raises', 'raises, and a page for it follows the 101', open('backend-dropped'), {
        says: [/500/, /handler/],
      }),
    ],
  },
  {
    server: 'gevent-websocket',
    needs: [pythonModule('geventwebsocket')],
    start: python(source('gevent_app.py'), 'PORT'),
    questions: [
      asking('/ws', 'its Close frame is garbled', healthyOr('protocol-error', 'unusual-close-code'), {
        says: [/25209/],
      }),
      asking('/nothing', 'no application at this path', open('no-status'), { says: [/path/] }),
    ],
  },
]
