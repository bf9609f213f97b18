/** Faults at or behind Apache httpd and Caddy. */
import { nobody, opening, wrongAccept, wsBackend } from '#tests/parity/support/backends.ts'
import { fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const LOST = ['idle-timeout', 'max-lifetime', 'proxy-restart', 'backend-dropped'] as const
const GATEWAY = [
  'backend-unreachable',
  'backend-handshake-failure',
  'gateway-timeout',
  'proxy-misconfigured',
] as const

export const apacheCaddySetUps: SetUp[] = [
  {
    id: 'apache-no-upgrade',
    fault: 'ProxyPass http:// without upgrade=websocket; the backend directly works',
    needs: 'apache2',
    quick: true,
    build: async (stage) => {
      const backend = stage.keep(await wsBackend())
      const proxy = await stage.apache(`ProxyPass /ws http://127.0.0.1:${backend.port}/ws`)
      return { url: proxy.url, options: { direct: backend.url } }
    },
    expect: fault('upgrade-headers-stripped', 'upstream-http-version', 'proxy-misconfigured'),
  },
  {
    id: 'apache-no-handler',
    fault: 'ProxyPass ws:// with mod_proxy alone (500)',
    needs: 'apache2',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.apache(`ProxyPass /ws fcgi://127.0.0.1:${port}/ws`)
    },
    expect: open('server-error', 'proxy-misconfigured', 'backend-handshake-failure'),
  },
  {
    id: 'apache-backend-down',
    fault: 'nobody listens behind Apache (503)',
    needs: 'apache2',
    build: async (stage) =>
      stage.apache(`ProxyPass /ws http://127.0.0.1:${(await nobody()).port}/ws upgrade=websocket`),
    expect: open('backend-unreachable', 'rate-limited', 'server-error'),
  },
  {
    id: 'apache-backend-hangs',
    fault: 'the backend never answers; ProxyTimeout 1 (502)',
    needs: 'apache2',
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(() => {}))
      return stage.apache(`ProxyTimeout 1\nProxyPass /ws http://127.0.0.1:${port}/ws upgrade=websocket`)
    },
    expect: open(...GATEWAY),
  },
  {
    id: 'apache-idle-cut',
    fault: 'Timeout 1, both sides silent',
    needs: 'apache2',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.apache(
        `Timeout 1\nProxyTimeout 1\nProxyPass /ws http://127.0.0.1:${port}/ws upgrade=websocket`,
      )
      return { url: proxy.url, options: { holdSeconds: 4 } }
    },
    expect: open('idle-timeout'),
  },
  {
    id: 'apache-denied',
    fault: 'Require all denied (403)',
    needs: 'apache2',
    build: (stage) => stage.apache('<Location />\nRequire all denied\n</Location>'),
    expect: open('forbidden', 'origin-rejected', 'origin-rewritten'),
  },
  {
    id: 'apache-404',
    fault: 'the path is not there',
    needs: 'apache2',
    build: (stage) => stage.apache(''),
    expect: open('path-not-found', 'upgrade-headers-stripped', 'not-a-websocket-endpoint'),
  },
  {
    id: 'caddy-backend-down',
    fault: 'nobody listens behind Caddy (502)',
    needs: 'caddy',
    build: async (stage) => stage.caddy(`reverse_proxy 127.0.0.1:${(await nobody()).port}`),
    expect: open(...GATEWAY),
  },
  {
    id: 'caddy-stop',
    fault: 'Caddy is stopped while the connection is open: it says 1001',
    needs: 'caddy',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.caddy(`reverse_proxy 127.0.0.1:${port}`)
      return {
        url: proxy.url,
        options: { holdSeconds: 3 },
        meanwhile: () => {
          setTimeout(() => proxy.signal('SIGTERM'), 300)
        },
      }
    },
    expect: open('going-away', 'proxy-restart', 'server-restarting'),
  },
  {
    id: 'caddy-404',
    fault: 'the site has nothing at this path',
    needs: 'caddy',
    build: (stage) => stage.caddy('respond /other 200\nrespond "nothing here" 404'),
    expect: open('path-not-found', 'not-a-websocket-endpoint', 'upgrade-headers-stripped'),
  },
  {
    id: 'caddy-redirect',
    fault: 'redir to https',
    needs: 'caddy',
    build: (stage) => stage.caddy('redir https://127.0.0.1:1{uri}'),
    expect: fault('redirected'),
  },
  {
    id: 'caddy-bad-accept',
    fault: 'Caddy passes a wrong Sec-WebSocket-Accept on',
    needs: 'caddy',
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(wrongAccept))
      return stage.caddy(`reverse_proxy 127.0.0.1:${port}`)
    },
    expect: fault('invalid-handshake-response'),
  },
  {
    id: 'caddy-backend-fin',
    fault: 'the backend ends TCP after 0.6 s without a close frame',
    needs: 'caddy',
    build: async (stage) => {
      const { port } = stage.keep(await opening((socket) => setTimeout(() => socket.end(), 600)))
      const proxy = await stage.caddy(`reverse_proxy 127.0.0.1:${port}`)
      return { url: proxy.url, options: { holdSeconds: 2, retries: false } }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
]
