/** Handshakes that nginx or the backend's rules turn away: origins, credentials, paths, limits. */
import { onlyOrigin, sameOrigin, wsBackend } from '#tests/parity/support/backends.ts'
import { fault, open, type SetUp } from '#tests/parity/support/set-up.ts'
import { rawServer } from '#tests/server/probe/support/raw-server.ts'

const UPGRADE = `proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;`

/** Behind nginx, with the headers right: `port` is the backend's. */
const location = (port: number, more = ''): string =>
  `location /ws { ${UPGRADE} ${more} proxy_pass http://127.0.0.1:${port}; }`

export const nginxRefusalSetUps: SetUp[] = [
  {
    id: 'nginx-deny',
    fault: 'deny all in the location (403 by nginx)',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(location(port, 'deny all;'))
    },
    expect: open('forbidden', 'origin-rejected', 'origin-rewritten'),
  },
  {
    id: 'nginx-deny-direct-works',
    fault: 'deny all in the location; the backend directly accepts',
    needs: 'nginx',
    build: async (stage) => {
      const backend = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(backend.port, 'deny all;'))
      return { url: proxy.url, options: { direct: backend.url } }
    },
    expect: open('forbidden', 'origin-rewritten'),
  },
  {
    id: 'nginx-origin-stripped',
    fault: 'proxy_set_header Origin "" before a backend that demands one',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await rawServer(onlyOrigin('https://app.example')))
      const proxy = await stage.nginx(location(port, 'proxy_set_header Origin "";'))
      return {
        url: proxy.url,
        options: { origin: 'https://app.example', direct: `ws://127.0.0.1:${port}/ws` },
      }
    },
    expect: open('origin-rewritten', 'origin-rejected', 'forbidden'),
  },
  {
    id: 'nginx-host-not-forwarded',
    fault: 'the backend compares Origin with Host, and nginx tells it its own name',
    needs: 'nginx',
    build: async (stage) => {
      const backend = stage.keep(await rawServer(sameOrigin))
      return stage.nginx(location(backend.port))
    },
    expect: open('origin-rewritten', 'origin-rejected', 'forbidden'),
  },
  {
    id: 'nginx-foreign-origin',
    fault: 'the backend knows another origin than the one sent',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(
        await wsBackend({
          verifyClient: ({ origin }: { origin: string }) => !/elsewhere/.test(origin ?? ''),
        }),
      )
      const proxy = await stage.nginx(location(port))
      return { url: proxy.url, options: { origin: 'https://elsewhere.example' } }
    },
    expect: open('origin-rejected'),
  },
  {
    id: 'nginx-auth-basic',
    fault: 'auth_basic without credentials (401)',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(location(port, 'auth_basic "x"; auth_basic_user_file {directory}/nginx.conf;'))
    },
    expect: fault('authentication-required'),
  },
  {
    id: 'nginx-https-redirect',
    fault: 'everything on port 80 goes to https (301)',
    needs: 'nginx',
    quick: true,
    build: (stage) => stage.nginx('location / { return 301 https://127.0.0.1:1$request_uri; }'),
    expect: fault('redirected'),
  },
  {
    id: 'nginx-slash-redirect',
    fault: 'location /ws/ with proxy_pass: /ws is redirected (301)',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(`location /ws/ { ${UPGRADE} proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: fault('redirected'),
  },
  {
    id: 'nginx-login-redirect',
    fault: 'a login page answers for everybody (302)',
    needs: 'nginx',
    build: (stage) => stage.nginx('location / { return 302 /login; }'),
    expect: fault('redirected', 'authentication-required'),
  },
  {
    id: 'nginx-path-404',
    fault: 'location = /ws, and /ws/ is asked for',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(`location = /ws { ${UPGRADE} proxy_pass http://127.0.0.1:${port}; }`)
      return { url: `${proxy.url}/` }
    },
    expect: open('path-not-found', 'upgrade-headers-stripped', 'not-a-websocket-endpoint'),
  },
  {
    id: 'nginx-spa-fallback',
    fault: 'try_files answers an unknown path with the page (200)',
    needs: 'nginx',
    quick: true,
    build: (stage) =>
      stage.nginx('location / { default_type text/html; return 200 "<!doctype html><title>app</title>"; }'),
    expect: open('not-a-websocket-endpoint', 'path-not-found', 'upgrade-headers-stripped'),
  },
  {
    id: 'nginx-limit-conn',
    fault: 'limit_conn 1, and the one place is taken (503)',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port, 'limit_conn one 1;'), {
        http: 'limit_conn_zone $binary_remote_addr zone=one:1m;',
      })
      const { WebSocket } = await import('ws')
      const first = new WebSocket(proxy.url)
      await new Promise((resolve) => first.once('open', resolve))
      stage.defer(() => first.terminate())
      return proxy
    },
    expect: open('backend-unreachable', 'rate-limited', 'server-error'),
  },
  {
    id: 'nginx-limit-req-429',
    fault: 'limit_req with status 429',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port, 'limit_req zone=one; limit_req_status 429;'), {
        http: 'limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;',
      })
      await fetch(proxy.url.replace('ws:', 'http:'))
      return proxy
    },
    expect: fault('rate-limited'),
  },
  {
    id: 'nginx-request-too-large',
    fault: 'cookies above large_client_header_buffers (400 Request Header Or Cookie Too Large)',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      const proxy = await stage.nginx(location(port), { http: 'large_client_header_buffers 2 1k;' })
      return { url: proxy.url, options: { headers: [['Cookie', `a=${'x'.repeat(4000)}`]] } }
    },
    expect: open('request-too-large'),
  },
  {
    id: 'nginx-maintenance-503',
    fault: 'return 503 while the site is maintained',
    needs: 'nginx',
    quick: true,
    build: (stage) => stage.nginx('location / { add_header Retry-After 120 always; return 503; }'),
    expect: open('backend-unreachable', 'rate-limited', 'server-error'),
  },
]
