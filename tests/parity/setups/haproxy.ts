/** Faults at or behind HAProxy. */
import { nobody, opening, wrongAccept, wsBackend } from '#tests/parity/support/backends.ts'
import { fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const listen = (port: number, more = ''): string =>
  `listen front\n  bind 127.0.0.1:{port}\n${more}\n  server app 127.0.0.1:${port}`

const LOST = ['idle-timeout', 'max-lifetime', 'proxy-restart', 'backend-dropped'] as const

export const haproxySetUps: SetUp[] = [
  {
    id: 'haproxy-tunnel-cut',
    fault: 'timeout tunnel 1 s, both sides silent; a heartbeat keeps it',
    needs: 'haproxy',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.haproxy(listen(port, '  timeout tunnel 1s'))
      return { url: proxy.url, options: { holdSeconds: 3 } }
    },
    expect: fault('idle-timeout'),
  },
  {
    id: 'haproxy-server-timeout',
    fault: 'timeout server 1 s and no tunnel timeout',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.haproxy(listen(port, '  timeout server 1s'))
      return { url: proxy.url, options: { holdSeconds: 3 } }
    },
    expect: open('idle-timeout'),
  },
  {
    id: 'haproxy-tcp-mode-cut',
    fault: 'mode tcp with timeouts of 1 s',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.haproxy(listen(port, '  mode tcp\n  timeout client 1s\n  timeout server 1s'))
      return { url: proxy.url, options: { holdSeconds: 3, retries: false } }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
  {
    id: 'haproxy-backend-down',
    fault: 'nobody listens behind HAProxy (503)',
    needs: 'haproxy',
    build: async (stage) => stage.haproxy(listen((await nobody()).port, '  retries 0')),
    expect: open('backend-unreachable', 'rate-limited', 'server-error'),
  },
  {
    id: 'haproxy-backend-hangs',
    fault: 'the backend never answers; timeout server 1 s (504)',
    needs: 'haproxy',
    build: async (stage) =>
      stage.haproxy(listen(stage.keep(await rawServer(() => {})).port, '  timeout server 1s')),
    expect: open('gateway-timeout', 'backend-unreachable'),
  },
  {
    id: 'haproxy-backend-closes-early',
    fault: 'the backend ends TCP before it answers (502)',
    needs: 'haproxy',
    build: async (stage) => stage.haproxy(listen(stage.keep(await rawServer((socket) => socket.end())).port)),
    expect: open(
      'backend-unreachable',
      'backend-handshake-failure',
      'gateway-timeout',
      'proxy-misconfigured',
    ),
  },
  {
    id: 'haproxy-deny',
    fault: 'http-request deny (403)',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.haproxy(listen(port, '  http-request deny'))
    },
    expect: open('forbidden', 'origin-rejected', 'origin-rewritten'),
  },
  {
    id: 'haproxy-auth',
    fault: 'http-request auth (401)',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.haproxy(listen(port, '  http-request auth realm x'))
    },
    expect: fault('authentication-required'),
  },
  {
    id: 'haproxy-redirect',
    fault: 'redirect scheme https (302)',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.haproxy(listen(port, '  http-request redirect location https://127.0.0.1:1/ws'))
    },
    expect: fault('redirected'),
  },
  {
    id: 'haproxy-bad-accept',
    fault: 'HAProxy passes a wrong Sec-WebSocket-Accept on',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(wrongAccept))
      return stage.haproxy(listen(port))
    },
    expect: fault('invalid-handshake-response'),
  },
  {
    id: 'haproxy-backend-fin',
    fault: 'the backend ends TCP after 0.6 s without a close frame',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await opening((socket) => setTimeout(() => socket.end(), 600)))
      const proxy = await stage.haproxy(listen(port))
      return { url: proxy.url, options: { holdSeconds: 2, retries: false } }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
]
