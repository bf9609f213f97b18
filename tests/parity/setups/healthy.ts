/** Healthy connection: no false alarm. */
import { opening, wsBackend } from '#tests/parity/support/backends.ts'
import { healthy, type SetUp } from '#tests/parity/support/set-up.ts'
import { frame } from '#tests/server/probe/support/raw-server.ts'

const UPGRADE = `proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_set_header Host $http_host;`

export const healthySetUps: SetUp[] = [
  {
    id: 'direct-healthy',
    fault: 'none: a ws server',
    quick: true,
    build: async (stage) => stage.keep(await wsBackend()),
    expect: healthy,
  },
  {
    id: 'direct-healthy-subprotocol',
    fault: 'none: the server picks the first subprotocol',
    build: async (stage) => ({
      ...stage.keep(await wsBackend()),
      options: { subprotocols: ['chat', 'v2'] },
    }),
    expect: healthy,
  },
  {
    id: 'direct-healthy-server-pings',
    fault: 'none: the server pings every 0.3 s and terminates whoever does not answer',
    build: async (stage) => {
      const server = stage.keep(
        await wsBackend({
          onConnection: (socket) => {
            let alive = true
            socket.on('pong', () => {
              alive = true
            })
            const timer = setInterval(() => {
              if (!alive) return socket.terminate()
              alive = false
              socket.ping()
            }, 300)
            socket.on('close', () => clearInterval(timer))
          },
        }),
      )
      return { url: server.url, options: { holdSeconds: 2.5 } }
    },
    expect: healthy,
  },
  {
    id: 'direct-healthy-fragmented',
    fault: 'none: a message in three fragments with a ping between them',
    build: async (stage) =>
      stage.keep(
        await opening((socket) => {
          socket.write(
            Buffer.concat([frame(0x01, 'a'), frame(0x89, 'p'), frame(0x00, 'b'), frame(0x80, 'c')]),
          )
        }),
      ),
    expect: healthy,
  },
  {
    id: 'direct-healthy-odd-case',
    fault: 'none: header names and values in unusual case, Connection with two tokens',
    build: async (stage) => stage.keep(await opening(() => {}, 'CONNECTION: keep-alive')),
    expect: healthy,
  },
  {
    id: 'nginx-healthy',
    fault: 'none: the documented location',
    needs: 'nginx',
    quick: true,
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(`location /ws { ${UPGRADE} proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: healthy,
  },
  {
    id: 'nginx-healthy-buffering',
    fault: 'none: proxy_buffering on, which an upgraded connection does not care about',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(
        `location /ws { ${UPGRADE} proxy_buffering on; proxy_pass http://127.0.0.1:${port}; }`,
      )
    },
    expect: healthy,
  },
  {
    id: 'nginx-healthy-http10',
    fault: 'none in effect: proxy_http_version 1.0, which a ws backend accepts',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(`location /ws {
        proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
        proxy_pass http://127.0.0.1:${port}; }`)
    },
    expect: healthy,
  },
  {
    id: 'nginx-healthy-idle-shorter-than-limit',
    fault: 'none: proxy_read_timeout 1 s with a backend that pings every 0.4 s',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(
        await wsBackend({
          onConnection: (socket) => {
            const timer = setInterval(() => socket.ping(), 400)
            socket.on('close', () => clearInterval(timer))
          },
        }),
      )
      const proxy = await stage.nginx(
        `location /ws { ${UPGRADE} proxy_read_timeout 1s; proxy_pass http://127.0.0.1:${port}; }`,
      )
      return { url: proxy.url, options: { holdSeconds: 2.5 } }
    },
    expect: healthy,
  },
  {
    id: 'nginx-healthy-tls',
    fault: 'none: TLS ended at nginx, a trusted certificate',
    needs: 'nginx',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.nginx(
        `ssl_certificate {directory}/tls/good.pem; ssl_certificate_key {directory}/tls/good.key;
         location /ws { ${UPGRADE} proxy_pass http://127.0.0.1:${port}; }`,
        { tls: true },
      )
    },
    expect: healthy,
  },
  {
    id: 'haproxy-healthy',
    fault: 'none: HAProxy needs no special configuration',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.haproxy(`listen front\n  bind 127.0.0.1:{port}\n  server app 127.0.0.1:${port}`)
    },
    expect: healthy,
  },
  {
    id: 'haproxy-healthy-tcp',
    fault: 'none: HAProxy in tcp mode',
    needs: 'haproxy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.haproxy(
        `listen front\n  mode tcp\n  bind 127.0.0.1:{port}\n  server app 127.0.0.1:${port}`,
      )
    },
    expect: healthy,
  },
  {
    id: 'apache-healthy',
    fault: 'none: mod_proxy_http with upgrade=websocket',
    needs: 'apache2',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.apache(`ProxyPass /ws http://127.0.0.1:${port}/ws upgrade=websocket`)
    },
    expect: healthy,
  },
  {
    id: 'apache-healthy-wstunnel',
    fault: 'none: mod_proxy_wstunnel with ws://',
    needs: 'apache2',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.apache(`ProxyPass /ws ws://127.0.0.1:${port}/ws`, ['proxy_wstunnel'])
    },
    expect: healthy,
  },
  {
    id: 'caddy-healthy',
    fault: 'none: reverse_proxy as it comes',
    needs: 'caddy',
    build: async (stage) => {
      const { port } = stage.keep(await wsBackend())
      return stage.caddy(`reverse_proxy 127.0.0.1:${port}`)
    },
    expect: healthy,
  },
]
