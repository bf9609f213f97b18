/** What to do about Socket.IO and Engine.IO where it is used wrongly. */
import type { Application, Signs, Site } from '#lib/applications/application.ts'
import { engineOf } from '#lib/applications/opens.ts'
import type { Fix } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import type { Cors } from '#lib/words/meaning.ts'

/** Engine.IO 4's server answers a 40 with the session; a server of Socket.IO 2 says a bare one of itself. */
export const isOlder = ({ messages = [] }: Signs): boolean => messages.includes('40')

export const fixes: Application['fixes'] = {
  'application-protocol-mismatch': ({ signs }) => {
    const engine = engineOf(signs.url)
    if (engine === '4' && isOlder(signs)) return olderServer()
    if (signs.url?.searchParams.get('transport') === 'polling') return pollingAddress(signs.url)
    return {
      summary:
        engine === '3'
          ? sentence`The address asks for EIO=3, which clients of Socket.IO 2 do. Use a client of version 3 or 4 (EIO=4), or let the server take both (allowEIO3).`
          : sentence`Use the same major version of Socket.IO at both ends. Clients of version 3 and 4 ask for EIO=4, those of version 2 for EIO=3.`,
      changes: [
        {
          program: 'node',
          of: 'socket.io',
          where: sentence`Socket.IO server, while clients of version 2 remain`,
          text: js`new Server(httpServer, { allowEIO3: true })`,
        },
        {
          program: 'command',
          of: 'socket.io',
          at: 'client',
          where: sentence`Socket.IO client, in the version of your server`,
          text: shell`npm install socket.io-client@YOUR_SERVER_VERSION`,
        },
      ],
    }
  },
  'server-without-websocket': ({ signs }) => (isPython(signs) ? pythonTransport() : nodeTransport()),
  'path-not-found': ({ path }) => ({
    summary: sentence`Socket.IO listens at /socket.io/ unless its path option says otherwise, and hangs up after 1 s on any other path. Open it with its own client, or use the same path at both ends.`,
    changes: [
      {
        program: 'browser',
        of: 'socket.io',
        where: sentence`In the page: the client adds /socket.io/ and its parameters by itself`,
        text: js`const socket = io(location.origin)`,
      },
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server, to listen at this path instead`,
        text: js`new Server(httpServer, { path: ${js.string(path === '/' ? '/socket.io/' : path)} })`,
      },
    ],
  }),
  forbidden: refused,
  'origin-rejected': (site) =>
    site.cors === undefined || isPython(site.signs) ? refused(site) : unreadable(site.origin, site.cors),
  'authentication-required': (site) =>
    site.signs.status === 400
      ? refused(site)
      : {
          summary: sentence`A middleware of the server (io.use) refused the client. Give it the credentials that it reads, in auth; it sends its reason as the message of connect_error.`,
          changes: [
            {
              program: 'browser',
              of: 'socket.io',
              where: sentence`In the page (Socket.IO client)`,
              text: js`io({ auth: { token: 'YOUR_TOKEN' } })`,
            },
          ],
        },
  'first-message-missing': () => ({
    summary: sentence`Join a namespace after the open packet: a client of Socket.IO sends 40 by itself, a plain WebSocket does not.`,
    changes: [
      {
        program: 'browser',
        of: 'socket.io',
        where: sentence`In the page: Socket.IO’s own client`,
        text: js`const socket = io(location.origin)`,
      },
    ],
  }),
}

/** python-engineio writes its errors as a JSON string, Node's as an object with a code. */
const isPython = ({ answer = '' }: Signs): boolean => answer.startsWith('"')

const pythonOrigins = (origin: string): Fix => ({
  summary: sentence`Add ${origin} to cors_allowed_origins of the Python server. Without that option it lets in pages of the address that it sees itself, so that a proxy must pass on Host and X-Forwarded-Proto.`,
  changes: [
    {
      program: 'python',
      of: 'socket.io',
      where: sentence`Flask-SocketIO; socketio.Server and AsyncServer take the same option`,
      text: python`socketio = SocketIO(app, cors_allowed_origins=[${python.string(origin)}])`,
    },
  ],
})

const pythonTransport = (): Fix => ({
  summary: sentence`Give the Python server a WebSocket: under Werkzeug, gunicorn’s threads and uWSGI python-engineio has one only where simple-websocket is installed. eventlet, gevent-websocket and ASGI bring their own.`,
  changes: [
    {
      program: 'command',
      of: 'socket.io',
      at: 'server',
      where: sentence`On the server, then restart it`,
      text: shell`python3 -m pip install simple-websocket`,
    },
    pollingAlone,
  ],
})

const nodeTransport = (): Fix => ({
  summary: sentence`The server’s transports option leaves WebSocket out, so it takes HTTP long polling only. Allow both.`,
  changes: [
    {
      program: 'node',
      of: 'socket.io',
      where: sentence`Socket.IO server`,
      text: js`new Server(httpServer, { transports: ['polling', 'websocket'] })`,
    },
    pollingAlone,
  ],
})

const pollingAlone = {
  program: 'browser',
  of: 'socket.io',
  where: sentence`Or, in the page: the only transport that this server takes`,
  text: js`io({ transports: ['polling'] })`,
} as const

function pollingAddress(asked: URL): Fix {
  const address = new URL(asked)
  address.searchParams.set('transport', 'websocket')
  return {
    summary: sentence`The address asks for Socket.IO’s HTTP requests. Ask for transport=websocket, or let a client of Socket.IO make the address: the messages have its format, too.`,
    changes: [
      {
        program: 'browser',
        of: 'socket.io',
        where: sentence`The address of the client, without a sid`,
        text: js`new WebSocket(${js.string(address.href)})`,
      },
    ],
  }
}

const olderServer = (): Fix => ({
  summary: sentence`The server is of Socket.IO 2 (EIO=3), which clients of version 3 and 4 cannot use. Update the server, or use the client of version 2.`,
  changes: [
    {
      program: 'command',
      of: 'socket.io',
      at: 'server',
      where: sentence`Socket.IO server, to the version of today’s clients`,
      text: shell`npm install socket.io@4`,
    },
    {
      program: 'command',
      of: 'socket.io',
      at: 'client',
      where: sentence`Or the client, to the version of the server`,
      text: shell`npm install socket.io-client@2`,
    },
  ],
})

/** The browser kept the answer from the page: the server's own list of origins decides, and no function of it. */
function unreadable(origin: string, { why, isOld }: Cors): Fix {
  const list = `cors: { origin: '${origin}', credentials: true }`
  return {
    summary: CORS_SUMMARIES[why](list),
    changes: [
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server, version 3 or later`,
        text: js`new Server(httpServer, { cors: { origin: ${js.string(origin)}, credentials: true } })`,
      },
      ...(isOld ? [originsOf(origin)] : []),
      ...pythonOrigins(origin).changes,
    ],
  }
}

const CORS_SUMMARIES: Readonly<Record<Cors['why'], (list: string) => Sentence>> = {
  missing: (list) =>
    sentence`Let the server allow the page’s origin: ${list}. Socket.IO begins with HTTP requests, and without that option it answers them without CORS headers. A proxy’s error page has none either: look at the status of that request.`,
  wildcard: (list) =>
    sentence`Name the page’s origin in place of *: ${list}. The client sends credentials (withCredentials), and browsers refuse * for such requests.`,
  twice: (list) =>
    sentence`Let one program alone set Access-Control-Allow-Origin: remove it from the proxy, and keep the server’s own, ${list}.`,
  other: (list) =>
    sentence`Let the server allow the page’s origin exactly as written, with scheme, host and port: ${list}. The browser’s message names the header that it misses.`,
}

const originsOf = (origin: string) =>
  ({
    program: 'node',
    of: 'socket.io',
    where: sentence`Socket.IO 2 server`,
    text: js`io.origins([${js.string(origin)}])`,
  }) as const

/** Version 2 has a list of origins that holds for every transport; later ones leave WebSocket to allowRequest. */
function refused({ signs, origin, path }: Site): Fix {
  if (isPython(signs)) return pythonOrigins(origin)
  if (signs.status === 403) return refusedByAsgi(path)
  const isOld = engineOf(signs.url) === '3'
  return {
    summary: isOld
      ? sentence`The server refused the handshake by its origins option (Socket.IO 2), or by its allowRequest. Let this page in there.`
      : sentence`The server’s allowRequest refused the handshake. Read what it asks for (a cookie, a token, an Origin), and give it that. Its first argument is the body of the refusal.`,
    changes: [
      ...(isOld ? [originsOf(origin)] : []),
      {
        program: 'node',
        of: 'socket.io',
        where: sentence`Socket.IO server: the function that refuses`,
        text: js`new Server(httpServer, { allowRequest: (request, decide) => decide(null, isAllowed(request)) })`,
      },
    ],
  }
}

/** Engine.IO on Node refuses every upgrade with 400. Python's closes before it accepts, which ASGI servers answer with 403, as Starlette does where no route is. */
function refusedByAsgi(path: string): Fix {
  return {
    summary: sentence`A Socket.IO server on Node refuses with 400, so this 403 has another maker: a rule before it, or a Python server. There it says that no route has this path, or that its Origin is not allowed. Use the path at which Socket.IO is mounted at both ends.`,
    changes: [
      {
        program: 'browser',
        of: 'socket.io',
        where: sentence`In the page: the path where the server is mounted, with /socket.io behind it`,
        text: js`io({ path: '/YOUR_MOUNT/socket.io' })`,
      },
      {
        program: 'python',
        of: 'socket.io',
        where: sentence`Socket.IO server in Python, to listen at this path`,
        text: python`socketio.ASGIApp(server, app, socketio_path=${python.string(path)})`,
      },
    ],
  }
}
