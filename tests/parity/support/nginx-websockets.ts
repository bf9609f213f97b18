/** Random configurations that have WebSockets in mind: headers, timers and ways to a backend at every level. */
import type { Random } from '#tests/parity/support/dice.ts'

export interface Ground {
  /** Where nginx listens, on 127.0.0.1. */
  readonly port: number
  /** Where a WebSocket server does. */
  readonly backend: number
  /** Holds `app.html`, and nothing else. */
  readonly root: string
}

export const HOSTS = ['a.example', 'b.example', 'elsewhere.example']
export const PATHS = [
  '/',
  '/ws',
  '/ws/',
  '/ws/live',
  '/wsx',
  '/api',
  '/api/ws',
  '/api/live?token=1',
  '/socket.io/?EIO=4&transport=websocket',
  '/app.js',
  '/v1/feed',
  '/app.js/ws',
  '/w%73',
  '/ws%20x',
  '/WS',
]

const CONNECTION_MAPS = [
  ...Array.from({ length: 8 }, () => "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"),
  "map $http_upgrade $connection_upgrade { default upgrade; '' close; }",
  "map $http_upgrade $connection_upgrade { default upgrade; '' ''; }",
  'map $http_upgrade $connection_upgrade { default Upgrade; "" close; }',
  'map $http_upgrade $connection_upgrade { websocket upgrade; default close; }',
  'map $http_upgrade $connection_upgrade { WebSocket upgrade; default close; }',
  'map $http_upgrade $connection_upgrade { ~*websocket "upgrade"; }',
  'map $http_upgrade $connection_upgrade { ~WebSocket "upgrade"; default keep-alive; }',
  "map $http_upgrade $connection_upgrade { default close; '' upgrade; }",
  'map $http_upgrade $connection_upgrade { default $http_connection; "" close; }',
  'map $http_connection $connection_upgrade { ~*upgrade upgrade; default close; }',
  'map $http_connection $connection_upgrade { upgrade upgrade; default close; }',
  'map "$http_upgrade:$http_connection" $connection_upgrade { "~*^websocket:.*upgrade" upgrade; default close; }',
  'map $http_upgrade $connection_upgrade { volatile; default upgrade; }',
  'map $http_upgrade $middle { default yes; "" no; } map $middle $connection_upgrade { yes upgrade; no close; }',
]
const UPGRADES = [
  ...Array.from({ length: 40 }, () => '$http_upgrade'),
  `"\${http_upgrade}"`,
  '$HTTP_UPGRADE',
  'websocket',
  '"WebSocket"',
  '$http_connection',
  '""',
  '$upgrade_wanted',
]
const CONNECTIONS = [
  ...Array.from({ length: 16 }, () => '"upgrade"'),
  ...Array.from({ length: 16 }, () => '$connection_upgrade'),
  'Upgrade',
  "'keep-alive, Upgrade'",
  '$http_connection',
  `"\${http_connection}"`,
  'close',
  '""',
  'keep-alive',
  'upgraded',
]
const OTHER_HEADERS = [
  ...Array.from({ length: 4 }, () => 'Host $host'),
  'Host $http_host',
  'Host a.example',
  'X-Real-IP $remote_addr',
  'X-Forwarded-For $proxy_add_x_forwarded_for',
  'X-Forwarded-Proto $scheme',
  'Accept-Encoding ""',
  'Origin ""',
  'Cookie ""',
  'Sec-WebSocket-Extensions ""',
  'Sec-WebSocket-Protocol $http_sec_websocket_protocol',
]
const BREAKING_HEADERS = [
  'Sec-WebSocket-Key ""',
  'Sec-WebSocket-Version ""',
  'Sec-WebSocket-Version 8',
  'Sec-WebSocket-Version 7',
  'Sec-WebSocket-Key $http_sec_websocket_key',
  'Sec-WebSocket-Version $http_sec_websocket_version',
]
const SETTINGS = [
  'proxy_buffering off;',
  'proxy_cache_bypass $http_upgrade;',
  'proxy_redirect off;',
  'proxy_connect_timeout 7s;',
  'proxy_send_timeout 2s;',
  'send_timeout 2s;',
  'proxy_intercept_errors on;',
  'proxy_hide_header X-Powered-By;',
  'proxy_pass_header Server;',
  'proxy_ignore_client_abort on;',
  'proxy_socket_keepalive on;',
  'client_max_body_size 0;',
  'gzip on;',
  'add_header X-Frame-Options DENY always;',
  'chunked_transfer_encoding off;',
  'proxy_request_buffering off;',
  'tcp_nodelay on;',
  'keepalive_timeout 0;',
  'sub_filter a b;',
  'proxy_next_upstream off;',
  'satisfy all;',
  'allow all;',
  'allow 127.0.0.1; deny all;',
  'limit_conn each 100;',
  'limit_req zone=every burst=500 nodelay;',
  'proxy_read_timeout 1d;',
]
const BREAKING_SETTINGS = [
  'proxy_pass_request_headers off;',
  'proxy_hide_header Upgrade;',
  'proxy_hide_header Sec-WebSocket-Accept;',
  'proxy_hide_header Connection;',
  'proxy_method POST;',
  'proxy_method GET;',
  'deny all;',
  'limit_except POST { deny all; }',
  'limit_except GET { deny all; }',
  'internal;',
  'proxy_read_timeout 0;',
]
const TIMEOUTS = ['1s', '75', '1h', '3600s', '86400', '1d', '2m', '1h 30m', '60s', '500ms', '1w']
const EXPRESSIONS = [
  '^/ws',
  '/ws$',
  '^/(ws|live)/?$',
  '^/[a-z]+$',
  'live',
  '\\.(js|css|html)$',
  '^/api/(.*)$',
  '^/WS',
  '^/(?<rest>.+)$',
  '^/socket\\.io/',
  'x$',
]
const PREFIXES = [
  '/',
  '/',
  '/ws',
  '/ws',
  '/ws/',
  '/w',
  '/ws/live',
  '/api',
  '/api/',
  '/api/ws',
  '/socket.io/',
  '/wsx',
  '/v1',
  '/v1/',
]

export function randomConfiguration(dice: Random, ground: Ground): string {
  const { below, pick } = dice
  const chance = (percent: number) => below(100) < percent
  const some = (percent: number, make: () => string): string => (chance(percent) ? make() : '')
  const several = (most: number, make: () => string): string[] =>
    Array.from({ length: below(most + 1) }, make)
  let labels = 0

  const headers = (): string[] => {
    const upgrade = `proxy_set_header ${pick(['Upgrade', 'Upgrade', 'upgrade'])} ${pick(UPGRADES)};`
    const connection = `proxy_set_header ${pick(['Connection', 'Connection', 'connection'])} ${pick(CONNECTIONS)};`
    const both = pick([
      ...Array.from({ length: 12 }, () => [upgrade, connection]),
      [upgrade],
      [connection],
      [upgrade, upgrade, connection],
      [],
    ])
    return [
      ...both,
      ...several(2, () => `proxy_set_header ${pick(OTHER_HEADERS)};`),
      some(2, () => `proxy_set_header ${pick(BREAKING_HEADERS)};`),
    ]
  }
  /** Of one level: each setting at most once. */
  const settings = (percent: number): string[] => {
    const all = [
      ...(chance(percent) ? headers() : []),
      some(percent, () => `proxy_http_version ${pick(['1.1', '1.1', '1.1', '1.0'])};`),
      some(percent / 2, () => `proxy_read_timeout ${JSON.stringify(pick(TIMEOUTS))};`),
      ...several(2, () => some(percent, () => pick(SETTINGS))),
      some(2, () => pick(BREAKING_SETTINGS)),
    ]
    const once = new Set<string>()
    return all.filter((each) => {
      const [name = ''] = each.split(' ')
      const isNew = name === 'proxy_set_header' || name === 'proxy_hide_header' || !once.has(name)
      once.add(name)
      return each !== '' && isNew
    })
  }
  const errorPage = () =>
    `error_page ${pick(['404', '404 403', '405 418', '426', '500 503', '400'])} ${pick(['', '', '=', '=200 ', '= '])}${pick(['@ws', '@app', '/app.html', '/ws', 'https://elsewhere.example/'])};`.replace(
      /= ?(?=[@/h])/,
      '= ',
    )
  /** With a path of its own only where that may stand. */
  const pass = (mayHavePath = false): string =>
    `proxy_pass ${pick([
      `http://127.0.0.1:${ground.backend}`,
      `http://127.0.0.1:${ground.backend}`,
      'http://pool',
      'http://pool',
      ...(mayHavePath ? ['http://pool/', 'http://pool/base/'] : []),
      'http://$chosen',
      'http://pool$request_uri',
      `http://127.0.0.1:${ground.backend}$uri$is_args$args`,
    ])};`
  const decision = (me: string): string =>
    pick([
      'if ($http_upgrade ~* websocket) { rewrite ^ /ws last; }',
      `if ($http_upgrade = "websocket") { ${pass()} }`,
      `if ($http_upgrade) { ${pass()} }`,
      `if ($http_upgrade != websocket) { return 200 "${me}"; }`,
      `if ($http_upgrade !~* "^websocket$") { return 426; }`,
      'if ($http_upgrade) { return 418; }',
      `if ($http_connection ~* "upgrade") { return ${pick(['418', '404', '403'])}; }`,
      'if ($request_method != GET) { return 405; }',
      'if ($request_method !~ ^(GET|HEAD|POST)$) { return 444; }',
      'if ($http_origin !~ "example$") { return 403; }',
      'if ($host = b.example) { return 301 https://a.example$request_uri; }',
      'if ($scheme = http) { return 301 https://$host$request_uri; }',
      'if ($arg_token = "") { return 401; }',
      'if ($args ~ transport=websocket) { rewrite ^ /ws break; }',
      'set $upgrade_wanted $http_upgrade;',
      'set $flag ""; if ($http_upgrade = websocket) { set $flag 1; } if ($flag) { rewrite ^ /ws last; }',
      `set $a ""; if ($http_upgrade) { set $a "\${a}u"; } if ($request_method = GET) { set $a "\${a}g"; } if ($a = ug) { return 418; }`,
      'if (!-f $request_filename) { rewrite ^ /ws last; }',
      'if (-f $request_filename) { break; }',
      `if ($http_cookie ~ "debug") { return 200 "${me}"; }`,
      'rewrite ^/api/(.*)$ /$1 last;',
      'rewrite ^/api/(.*)$ /$1 break;',
      'rewrite ^/(.*)/$ /$1 permanent;',
      'rewrite ^/ws$ /ws/ redirect;',
      'rewrite ^ /app.html;',
    ])
  const end = (me: string, isPrefix: boolean): string =>
    pick([
      ...Array.from({ length: 16 }, () => () => pass(isPrefix)),
      () => `return ${pick(['200', '404', '403', '204'])};`,
      () => `return 200 "${me}";`,
      () =>
        `return ${pick(['301', '302', '308'])} ${pick(['/ws/', 'https://$host$request_uri', '/app.html'])};`,
      () => `try_files $uri ${pick(['@ws', '@app', '/app.html', '=404', '/ws', '/none.html'])};`,
      () => `try_files $uri $uri/ ${pick(['@ws', '@app', '/app.html', '=404', '/ws', '/app.html?$args'])};`,
      () => `try_files ${pick(['$uri.html', '/none.html', '/v1/app.html'])} ${pick(['@ws', '=404', '/ws'])};`,
      () => `try_files $uri ${pick(['@ws', '/ws'])}; ${pass()}`,
      () => `try_files /none.html $uri/ @ws;`,
      () => 'index index.html;',
      () => `root ${ground.root};`,
      () => 'auth_request /allowed;',
      () => `auth_request /allowed; ${pass()}`,
      () => `auth_request /denied; ${pass()}`,
      () => 'empty_gif;',
      () => 'fastcgi_pass 127.0.0.1:9;',
      () => '',
    ])()
  const taken = new Set<string>()
  const location = (parent: string, depth: number): string => {
    labels += 1
    const me = `L${labels}`
    const isPrefix = depth > 0 ? !chance(20) : !chance(30)
    const name = depth > 0 ? parent + pick(['', '/', 'live', '/live', 'x', '/ws']) : pick(PREFIXES)
    const modifier = isPrefix ? pick(['', '', '', '', '= ', '^~ ']) : pick(['~ ', '~* '])
    const nested = isPrefix && modifier !== '= ' && depth < 2 && chance(18) ? [location(name, depth + 1)] : []
    const body = [
      some(25, () => decision(me)),
      some(12, errorPage),
      ...settings(50),
      some(2, () => 'recursive_error_pages on;'),
      end(me, isPrefix),
      ...nested,
    ]
    const head = `${modifier}${isPrefix ? name : pick(EXPRESSIONS)}`
    const said = `${depth} ${parent} ${head.replace('^~ ', '')}`
    if (taken.has(said)) return ''
    taken.add(said)
    return `location ${head} {\n${body.filter(Boolean).join('\n')}\n}`
  }
  const server = (name: string, isFirst: boolean): string => {
    taken.clear()
    const locations = Array.from({ length: 1 + below(5) }, () => location('', 0))
    const body = [
      `listen 127.0.0.1:${ground.port}${isFirst ? '' : some(20, () => ' default_server')};`,
      `server_name ${name};`,
      `root ${ground.root};`,
      'set $upgrade_wanted "";',
      some(6, () => decision('S')),
      some(15, errorPage),
      ...settings(25),
      ...locations,
      `location @ws {\n${settings(70).join('\n')}\nproxy_pass http://pool;\n}`,
      'location @app { return 200 "app"; }',
      'location = /allowed { internal; return 204; }',
      `location = /denied { internal; return ${pick(['401', '403', '204'])}; }`,
    ]
    return `server {\n${body.filter(Boolean).join('\n')}\n}`
  }
  const http = [
    'access_log off;',
    'limit_conn_zone $binary_remote_addr zone=each:1m;',
    'limit_req_zone $binary_remote_addr zone=every:1m rate=1000r/s;',
    pick(CONNECTION_MAPS),
    'map $http_upgrade $chosen { default pool; "" pages; }',
    `upstream pool { server 127.0.0.1:${ground.backend}; ${some(30, () => 'keepalive 8;')} }`,
    `upstream pages { server 127.0.0.1:${ground.backend}; }`,
    ...settings(25),
    server('a.example www.a.example', true),
    ...(chance(50) ? [server('b.example *.b.example', false)] : []),
  ]
  return http.filter(Boolean).join('\n')
}
