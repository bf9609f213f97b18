/** Proxies that pass no upgrade on unless told to, in front of `ws` and of servers that word its loss differently. */

import { GO_NEEDS, goServer } from '#tests/parity/debian/go.ts'
import { nobody, wsBackend } from '#tests/parity/support/backends.ts'
import {
  asking,
  type Listening,
  PYTHON,
  program,
  python,
  pythonModule,
  type Served,
  source,
} from '#tests/parity/support/served.ts'
import { type Expectation, fault, healthy, open } from '#tests/parity/support/set-up.ts'
import type { Stage } from '#tests/parity/support/stage.ts'

type Behind = { start: (stage: Stage) => Promise<Listening>; needs: readonly string[]; path?: string }
type Front = {
  start: (stage: Stage, port: number) => Promise<Listening>
  needs: readonly string[]
}

const ws: Behind = { start: async (stage) => stage.keep(await wsBackend()), needs: [] }
const down: Behind = { start: nobody, needs: [] }
const aiohttp: Behind = {
  start: python(source('aiohttp_app.py'), 'PORT'),
  needs: [PYTHON, pythonModule('aiohttp')],
}
const tornado: Behind = {
  start: python(source('tornado_app.py'), 'PORT'),
  needs: [PYTHON, pythonModule('tornado')],
}
const websockets: Behind = {
  start: python(source('websockets_app.py'), 'PORT', 'plain'),
  needs: [PYTHON, pythonModule('websockets')],
}
const fastapi: Behind = {
  start: python('-m', 'uvicorn', '--host', '127.0.0.1', '--port', 'PORT', 'asgi:app'),
  needs: ['uvicorn', 'fastapi'].map(pythonModule),
}
const websockify: Behind = {
  start: program('/usr/bin/websockify', ['127.0.0.1:PORT', '127.0.0.1:1']),
  needs: ['/usr/bin/websockify'],
  path: '/websockify',
}
const socketIo: Behind = {
  start: python(source('socketio_app.py'), 'PORT', 'eventlet'),
  needs: ['flask_socketio', 'eventlet'].map(pythonModule),
  path: '/socket.io/?EIO=4&transport=websocket',
}
const gorilla: Behind = { start: goServer, needs: GO_NEEDS }
const xnet: Behind = { ...gorilla, path: '/xnet' }
const coder: Behind = { ...gorilla, path: '/nhooyr' }

const PIPE = 'sub vcl_recv { if (req.http.upgrade ~ "(?i)websocket") { return (pipe); } }'
const PIPED = `${PIPE}\nsub vcl_pipe { if (req.http.upgrade) { set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection = req.http.connection; } }`

const varnish = (vcl = ''): Front => ({
  // It compiles what it is given.
  needs: ['/usr/sbin/varnishd', '/usr/bin/gcc'],
  start: (stage, port) =>
    program(
      '/usr/sbin/varnishd',
      [
        '-F',
        '-a',
        '127.0.0.1:PORT',
        '-f',
        'DIRECTORY/default.vcl',
        '-n',
        'DIRECTORY/varnish',
        '-s',
        'malloc,10m',
      ],
      { 'default.vcl': `vcl 4.1;\nbackend default { .host = "127.0.0.1"; .port = "${port}"; }\n${vcl}\n` },
    )(stage),
})

const squid = (more = ''): Front => ({
  needs: ['/usr/sbin/squid'],
  start: (stage, port) =>
    program('/usr/sbin/squid', ['-N', '-n', 'whyPORT', '-f', 'DIRECTORY/squid.conf'], {
      'squid.conf': `http_port 127.0.0.1:PORT accel defaultsite=127.0.0.1 no-vhost
cache_peer 127.0.0.1 parent ${port} 0 no-query no-digest originserver name=app
http_access allow all
cache deny all
access_log none
cache_log DIRECTORY/cache.log
pid_filename none
coredump_dir DIRECTORY
max_filedescriptors 1024
shutdown_lifetime 0 seconds
${more}
`,
    })(stage),
})

const lighttpd = (more = ''): Front => ({
  needs: ['/usr/sbin/lighttpd'],
  start: (stage, port) =>
    program('/usr/sbin/lighttpd', ['-D', '-f', 'DIRECTORY/lighttpd.conf'], {
      'lighttpd.conf': `server.modules = ( "mod_proxy" )
server.document-root = "DIRECTORY"
server.bind = "127.0.0.1"
server.port = PORT
proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => ${port} )) )
${more}
`,
    })(stage),
})
const UPGRADES = 'proxy.header = ( "upgrade" => "enable" )'

const h2o = (more = ''): Front => ({
  needs: ['/usr/bin/h2o'],
  start: (stage, port) =>
    program('/usr/bin/h2o', ['-c', 'DIRECTORY/h2o.conf'], {
      'h2o.conf': `user: ${process.getuid?.() === 0 ? 'root' : 'nobody'}
listen: { host: 127.0.0.1, port: PORT }
hosts:
  default:
    paths:
      /:
        proxy.reverse.url: http://127.0.0.1:${port}/
        ${more}
`,
    })(stage),
})

const nghttpx: Front = {
  needs: ['/usr/sbin/nghttpx'],
  start: (stage, port) =>
    program('/usr/sbin/nghttpx', [
      '--conf=/dev/null',
      '-f',
      '127.0.0.1,PORT;no-tls',
      '-b',
      `127.0.0.1,${port}`,
    ])(stage),
}

const tinyproxy: Front = {
  needs: ['/usr/bin/tinyproxy'],
  start: (stage, port) =>
    program('/usr/bin/tinyproxy', ['-d', '-c', 'DIRECTORY/tinyproxy.conf'], {
      'tinyproxy.conf': `Port PORT\nListen 127.0.0.1\nTimeout 600\nReversePath "/" "http://127.0.0.1:${port}/"\nReverseOnly Yes\n`,
    })(stage),
}

const apache = (host: (port: number) => string): Front => ({
  needs: ['/usr/sbin/apache2'],
  start: (stage, port) => stage.apache(host(port)),
})
const nginx = (inside = ''): Front => ({
  needs: ['/usr/sbin/nginx'],
  start: (stage, port) => stage.nginx(`location / { proxy_pass http://127.0.0.1:${port}; ${inside} }`),
})
const UPGRADED =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;'
const haproxy = (more: string): Front => ({
  needs: ['/usr/sbin/haproxy'],
  start: (stage, port) =>
    stage.haproxy(`listen front\n  bind 127.0.0.1:{port}\n${more}\n  server app 127.0.0.1:${port}`),
})
const caddy = (inside = ''): Front => ({
  needs: ['/usr/bin/caddy'],
  start: (stage, port) => stage.caddy(`reverse_proxy 127.0.0.1:${port} {\n${inside}\n}`),
})

const stands = (
  front: Front,
  behind: Behind,
  server: string,
  expect: Expectation,
  ...says: RegExp[]
): Served => ({
  server,
  needs: [...front.needs, ...behind.needs],
  start: async (stage) => {
    const { port } = await behind.start(stage)
    return front.start(stage, port)
  },
  questions: [asking(behind.path ?? '/ws', server, { ...expect, says })],
})

const stripped = fault('upgrade-headers-stripped')
const lost = open('upgrade-headers-stripped', 'upstream-http-version')
const unreached = open('backend-unreachable')
const renamed = open('origin-rewritten', 'origin-rejected')

export const proxyServers: readonly Served[] = [
  stands(varnish(), ws, 'Varnish without pipe', stripped, /Varnish/, /vcl_pipe/),
  stands(varnish(PIPED), ws, 'Varnish with pipe', healthy),
  stands(varnish(PIPE), ws, 'Varnish that pipes without the headers', stripped),
  stands(varnish(), down, 'Varnish, backend down', unreached, /Varnish/),
  stands(
    varnish(PIPED),
    down,
    'Varnish with pipe, backend down',
    open('handshake-closed', 'backend-unreachable'),
  ),
  stands(varnish(), aiohttp, 'Varnish in front of aiohttp', lost, /vcl_pipe/),
  stands(varnish(), gorilla, 'Varnish in front of gorilla', lost, /vcl_pipe/),
  stands(squid(), ws, 'Squid', stripped, /http_upgrade_request_protocols/),
  stands(squid('http_upgrade_request_protocols websocket allow all'), ws, 'Squid that upgrades', healthy),
  stands(squid(), down, 'Squid, backend down', unreached, /Squid/),
  stands(squid(), aiohttp, 'Squid in front of aiohttp', lost, /http_upgrade_request_protocols/),
  stands(squid(), gorilla, 'Squid in front of gorilla', lost, /http_upgrade_request_protocols/),
  stands(lighttpd(), ws, 'lighttpd', stripped, /"upgrade\\" => \\"enable/),
  stands(lighttpd(UPGRADES), ws, 'lighttpd that upgrades', healthy),
  stands(lighttpd(UPGRADES), down, 'lighttpd, backend down', unreached, /lighttpd/),
  stands(lighttpd(), gorilla, 'lighttpd in front of gorilla', lost, /"upgrade\\" => \\"enable/),
  stands(h2o(), ws, 'H2O', stripped, /proxy\.websocket/),
  stands(h2o('proxy.websocket: ON'), ws, 'H2O that upgrades', healthy),
  stands(h2o('proxy.websocket: ON'), down, 'H2O, backend down', unreached, /H2O/),
  stands(nghttpx, ws, 'nghttpx', healthy),
  stands(nghttpx, down, 'nghttpx, backend down', unreached, /nghttpx/),
  stands(tinyproxy, ws, 'tinyproxy', stripped, /tinyproxy carries no WebSocket/),
  stands(tinyproxy, down, 'tinyproxy, backend down', unreached, /tinyproxy/),
  stands(
    apache((port) => `ProxyPass / http://127.0.0.1:${port}/`),
    ws,
    'Apache httpd',
    stripped,
    /upgrade=websocket/,
  ),
  stands(
    apache((port) => `ProxyPass / http://127.0.0.1:${port}/`),
    tornado,
    'Apache httpd in front of Tornado',
    lost,
  ),
  stands(
    apache((port) => `ProxyPass / http://127.0.0.1:${port}/ upgrade=websocket`),
    ws,
    'Apache httpd that upgrades',
    healthy,
  ),
  stands(nginx(), aiohttp, 'nginx in front of aiohttp', lost, /proxy_set_header Upgrade/),
  stands(nginx(), tornado, 'nginx in front of Tornado', lost, /proxy_set_header Upgrade/),
  stands(nginx(), websockets, 'nginx in front of websockets', lost, /proxy_http_version 1\.1/),
  stands(
    nginx('proxy_http_version 1.1;'),
    websockets,
    'nginx with HTTP/1.1 in front of it',
    lost,
    /proxy_set_header Upgrade/,
  ),
  stands(
    nginx(),
    fastapi,
    'nginx in front of FastAPI',
    open('upgrade-headers-stripped', 'not-a-websocket-endpoint', 'path-not-found'),
    /proxy_set_header Upgrade/,
  ),
  stands(nginx(), gorilla, 'nginx in front of gorilla', lost, /proxy_set_header Upgrade/),
  stands(nginx(), xnet, 'nginx in front of x/net', lost, /proxy_set_header Upgrade/),
  stands(nginx(), coder, 'nginx in front of coder', lost, /proxy_set_header Upgrade/),
  stands(nginx(), websockify, 'nginx in front of websockify', lost, /proxy_set_header Upgrade/),
  stands(
    nginx(UPGRADED),
    socketIo,
    'nginx with a Host of its own, Flask-SocketIO',
    renamed,
    /proxy_set_header Host/,
  ),
  stands(nginx(UPGRADED), gorilla, 'nginx with a Host of its own, gorilla', renamed, /proxy_set_header Host/),
  stands(nginx(UPGRADED), coder, 'nginx with a Host of its own, coder', renamed, /proxy_set_header Host/),
  stands(nginx(UPGRADED), tornado, 'nginx with a Host of its own, Tornado', renamed, /proxy_set_header Host/),
  stands(
    haproxy('  mode http\n  http-request del-header Upgrade'),
    ws,
    'HAProxy that removes Upgrade',
    stripped,
  ),
  stands(haproxy('  mode http'), gorilla, 'HAProxy in front of gorilla', healthy),
  stands(caddy('header_up -Upgrade'), ws, 'Caddy that removes Upgrade', stripped, /header_up/),
  stands(caddy(), tornado, 'Caddy in front of Tornado', healthy),
]
