/** Connections that open through nginx and are lost, and what TLS at nginx does to them. */
import { opening, wsBackend } from '#tests/parity/support/backends.ts'
import { fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import type { Stage } from '#tests/parity/support/stage.ts'

const location = (port: number, more = ''): string =>
  `location /ws { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade; ${more} proxy_pass http://127.0.0.1:${port}; }`

/** What one lost connection leaves open (TRUTH: all SILENT rows look the same to a client). */
const LOST = ['idle-timeout', 'max-lifetime', 'proxy-restart', 'backend-dropped'] as const

const tls = (stage: Stage, certificate: string, more = '') =>
  stage.nginx(
    `ssl_certificate {directory}/tls/${certificate}.pem; ssl_certificate_key {directory}/tls/${certificate}.key;
     ${more} location / { return 404; }`,
    { tls: true },
  )

export const nginxOpenSetUps: SetUp[] = [
  {
    id: 'nginx-idle-cut',
    fault: 'proxy_read_timeout 1 s, both sides silent; a heartbeat keeps it',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port, 'proxy_read_timeout 1s;'))
      return { url: proxy.url, options: { holdSeconds: 3 } }
    },
    expect: fault('idle-timeout'),
  },
  {
    id: 'nginx-idle-cut-without-retries',
    fault: 'proxy_read_timeout 1 s, and only one look at it',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port, 'proxy_read_timeout 1s;'))
      return { url: proxy.url, options: { holdSeconds: 3, retries: false } }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
  {
    id: 'nginx-backend-fin',
    fault: 'the backend ends every connection after 0.7 s whatever happens',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await opening((socket) => setTimeout(() => socket.end(), 700)))
      const proxy = await stage.nginx(location(port))
      return { url: proxy.url, options: { holdSeconds: 2 } }
    },
    expect: open('max-lifetime', 'backend-dropped'),
  },
  {
    id: 'nginx-backend-rst',
    fault: 'the backend resets after 0.6 s; nginx turns it into a FIN',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await opening((socket) => setTimeout(() => socket.resetAndDestroy(), 600)))
      const proxy = await stage.nginx(location(port))
      return { url: proxy.url, options: { holdSeconds: 2, retries: false } }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
  {
    id: 'nginx-stop-fast',
    fault: 'nginx is stopped (SIGTERM) while the connection is open',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port))
      return {
        url: proxy.url,
        options: { holdSeconds: 3 },
        meanwhile: () => {
          setTimeout(() => proxy.signal('SIGTERM'), 300)
        },
      }
    },
    expect: open(...LOST),
  },
  {
    id: 'nginx-reload-shutdown-timeout',
    fault: 'reload with worker_shutdown_timeout 1 s while the connection is open',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port), { main: 'worker_shutdown_timeout 1s;' })
      return {
        url: proxy.url,
        options: { holdSeconds: 4, retries: false },
        meanwhile: () => {
          setTimeout(() => proxy.signal('SIGHUP'), 200)
        },
      }
    },
    expect: { outcomes: ['undetermined'], causes: LOST },
  },
  {
    id: 'nginx-selfsigned',
    fault: 'a self-signed certificate',
    needs: 'nginx',
    quick: true,
    build: (stage) => tls(stage, 'selfsigned'),
    expect: fault('tls-untrusted'),
  },
  {
    id: 'nginx-missing-intermediate',
    fault: 'the intermediate certificate is not sent',
    needs: 'nginx',
    build: (stage) => tls(stage, 'orphan'),
    expect: fault('tls-untrusted'),
  },
  {
    id: 'nginx-expired',
    fault: 'an expired certificate',
    needs: 'nginx',
    quick: true,
    build: (stage) => tls(stage, 'expired'),
    expect: fault('tls-expired'),
  },
  {
    id: 'nginx-other-name',
    fault: 'a certificate for another name',
    needs: 'nginx',
    quick: true,
    build: (stage) => tls(stage, 'othername'),
    expect: fault('tls-name-mismatch'),
  },
  {
    id: 'nginx-tls11-only',
    fault: 'TLS 1.1 and nothing newer',
    needs: 'nginx',
    quick: true,
    build: (stage) => tls(stage, 'good', 'ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;'),
    expect: fault('tls-version-mismatch'),
  },
  {
    id: 'nginx-client-certificate',
    fault: 'a client certificate is wanted (400)',
    needs: 'nginx',
    quick: true,
    build: (stage) =>
      tls(stage, 'good', 'ssl_client_certificate {directory}/tls/ca.pem; ssl_verify_client on;'),
    expect: fault('tls-client-certificate-required'),
  },
  {
    id: 'nginx-plain-on-tls-port',
    fault: 'ws:// on a TLS port (400)',
    needs: 'nginx',
    quick: true,
    build: async (stage) => ({ url: (await tls(stage, 'good')).url.replace('wss:', 'ws:') }),
    expect: fault('plain-on-tls-port'),
  },
  {
    id: 'nginx-tls-on-plain-port',
    fault: 'wss:// on a plain HTTP port',
    needs: 'nginx',
    quick: true,
    build: async (stage) => ({
      url: (await stage.nginx('location / { return 404; }')).url.replace('ws:', 'wss:'),
    }),
    expect: fault('tls-on-plain-port'),
  },
]
