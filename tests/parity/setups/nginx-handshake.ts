/** Handshakes that fail at or behind nginx. */
import {
  nobody,
  opening,
  refusing,
  spaBackend,
  strictHttp,
  wrongAccept,
  wsBackend,
} from '#tests/parity/support/backends.ts'
import { fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const UPGRADE = `proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;`

/** Behind nginx, with the headers right: `port` is the backend's. */
const location = (port: number, more = ''): string =>
  `location /ws { ${UPGRADE} ${more} proxy_pass http://127.0.0.1:${port}; }`

export const nginxHandshakeSetUps: SetUp[] = [
  {
    id: 'nginx-no-upgrade-headers',
    fault: 'proxy_pass alone: Upgrade and Connection are not forwarded; the backend directly works',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const backend = stage.keep(await wsBackend())
      const proxy = await stage.nginx(`location /ws { proxy_pass http://127.0.0.1:${backend.port}; }`)
      return { url: proxy.url, options: { direct: backend.url } }
    },
    expect: fault('upgrade-headers-stripped', 'upstream-http-version', 'proxy-misconfigured'),
  },
  {
    id: 'nginx-no-upgrade-headers-alone',
    fault: 'proxy_pass alone, and nobody names the backend',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(`location /ws { proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: open('upgrade-headers-stripped', 'not-a-websocket-endpoint'),
  },
  {
    id: 'nginx-connection-empty',
    fault: 'Connection "" of the keepalive recipe, Upgrade forwarded',
    needs: 'nginx',
    build: async (stage) => {
      const backend = stage.keep(await wsBackend())
      const proxy = await stage.nginx(`location /ws { proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "";
        proxy_pass http://127.0.0.1:${backend.port}; }`)
      return { url: proxy.url, options: { direct: backend.url } }
    },
    expect: fault('upgrade-headers-stripped', 'upstream-http-version', 'proxy-misconfigured'),
  },
  {
    id: 'nginx-inheritance',
    fault: 'the headers are set for the server, and one X-Real-IP in the location drops them all',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(`${UPGRADE}
        location /ws { proxy_set_header X-Real-IP $remote_addr; proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: open('upgrade-headers-stripped', 'not-a-websocket-endpoint'),
  },
  {
    id: 'nginx-no-upgrade-headers-spa',
    fault: 'no upgrade headers, and the backend answers everything with its page',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await spaBackend())
      return stage.nginx(`location /ws { proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: open('not-a-websocket-endpoint', 'path-not-found', 'upgrade-headers-stripped'),
  },
  {
    id: 'nginx-http10-strict-backend',
    fault: 'proxy_http_version 1.0 before a backend that insists on HTTP/1.1',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(strictHttp))
      return stage.nginx(`location /ws { proxy_http_version 1.0; proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade"; proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: open(
      'upstream-http-version',
      'backend-handshake-failure',
      'not-a-websocket-endpoint',
      'upgrade-headers-stripped',
    ),
  },
  {
    id: 'nginx-backend-down',
    fault: 'nobody listens behind nginx (502)',
    needs: 'nginx',
    quick: true,
    build: async (stage) => stage.nginx(location((await nobody()).port)),
    expect: open(
      'backend-unreachable',
      'backend-handshake-failure',
      'gateway-timeout',
      'proxy-misconfigured',
    ),
  },
  {
    id: 'nginx-backend-closes-early',
    fault: 'the backend ends TCP before it answers (502)',
    needs: 'nginx',
    build: async (stage) => stage.nginx(location(stage.keep(await rawServer((socket) => socket.end())).port)),
    expect: open(
      'backend-unreachable',
      'backend-handshake-failure',
      'gateway-timeout',
      'proxy-misconfigured',
    ),
  },
  {
    id: 'nginx-backend-resets',
    fault: 'the backend resets before it answers (502)',
    needs: 'nginx',
    build: async (stage) =>
      stage.nginx(location(stage.keep(await rawServer((socket) => socket.resetAndDestroy())).port)),
    expect: open(
      'backend-unreachable',
      'backend-handshake-failure',
      'gateway-timeout',
      'proxy-misconfigured',
    ),
  },
  {
    id: 'nginx-upstream-big-header',
    fault: 'a 101 with a header above proxy_buffer_size (502)',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await opening(() => {}, `X-Big: ${'a'.repeat(9000)}`))
      return stage.nginx(location(port))
    },
    expect: open(
      'backend-unreachable',
      'backend-handshake-failure',
      'gateway-timeout',
      'proxy-misconfigured',
    ),
  },
  {
    id: 'nginx-backend-hangs',
    fault: 'the backend takes the connection and never answers; proxy_read_timeout 1 s (504)',
    needs: 'nginx',
    quick: true,
    build: async (stage) =>
      stage.nginx(location(stage.keep(await rawServer(() => {})).port, 'proxy_read_timeout 1s;')),
    expect: open('gateway-timeout', 'backend-unreachable'),
  },
  {
    id: 'nginx-backend-500',
    fault: 'the backend crashes on every handshake (500)',
    needs: 'nginx',
    build: async (stage) =>
      stage.nginx(location(stage.keep(await refusing('500 Internal Server Error', [], 'oops')).port)),
    expect: open('server-error', 'backend-handshake-failure', 'proxy-misconfigured'),
  },
  {
    id: 'nginx-bad-accept',
    fault: 'the backend computes a wrong Sec-WebSocket-Accept, and nginx passes it on',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(wrongAccept))
      return stage.nginx(location(port))
    },
    expect: fault('invalid-handshake-response'),
  },
]
