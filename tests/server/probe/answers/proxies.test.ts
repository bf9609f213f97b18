/** Proxies and ports that answer themselves, or lose the upgrade on the way. */
import { describe, test } from 'node:test'
import { asks, type Server } from '#tests/server/probe/answers/support.ts'

/** `ws` behind a hop that takes the upgrade out. */
const behind =
  (headers: Readonly<Record<string, string>>): Server =>
  (visit) =>
    visit.refuse('426 Upgrade Required', 'Upgrade Required', { 'Content-Type': 'text/plain', ...headers })

const refusing =
  (status: string, body: string, headers: Readonly<Record<string, string>> = {}): Server =>
  (visit) =>
    visit.refuse(status, body, headers)

const page = (text: string): string => `<html><head><title>Error</title></head><body>${text}</body></html>\n`

describe('proxies and ports', { concurrency: true }, () => {
  test('a server that echoes, answers pings and closes in order is healthy', () =>
    asks((visit) => visit.open(undefined, visit.text), {}, { outcome: 'healthy' }))

  const HOPS: readonly [name: string, headers: Readonly<Record<string, string>>, fix: RegExp][] = [
    ['nginx', { Server: 'nginx/1.22.1' }, /proxy_set_header Upgrade \$http_upgrade/],
    ['Apache', { Server: 'Apache/2.4.68 (Debian)' }, /upgrade=websocket/],
    ['Varnish', { 'X-Varnish': '2', Via: '1.1 varnish (Varnish/7.1)' }, /return \(pipe\)[\s\S]*sub vcl_pipe/],
    ['Squid', { Via: '1.1 box (squid/5.7)' }, /http_upgrade_request_protocols websocket allow all/],
    ['lighttpd', { Server: 'lighttpd/1.4.69' }, /"upgrade" => "enable"/],
    ['H2O', { Server: 'h2o/2.2.5' }, /proxy\.websocket: ON/],
    ['Envoy', { Server: 'envoy' }, /upgrade_type: websocket/],
    ['Caddy', { Server: 'Caddy' }, /Caddy passes upgrades on by itself/],
    ['Cloudflare', { Server: 'cloudflare', 'CF-RAY': '8a' }, /switched on under Network/],
    ['API Gateway', { 'x-amz-apigw-id': 'a=' }, /carry no WebSocket/],
    ['a hop of another name', { Via: '1.1 edge-7' }, /edge-7/],
  ]
  for (const [name, headers, fix] of HOPS) {
    test(`426 to a request with its upgrade: ${name} lost it, and the fix is for that`, () =>
      asks(
        behind(headers),
        {},
        { outcome: 'fault', first: ['upgrade-headers-stripped'], most: 'likely', says: [/426/, fix] },
      ))
  }

  test('426 is a lost upgrade where nothing names the hop as well', () =>
    asks(behind({}), {}, { outcome: 'fault', first: ['upgrade-headers-stripped'], most: 'likely' }))

  test('426 from a server that wants TLS, or another version, lost nothing', async () => {
    await asks(
      refusing('426 Upgrade Required', '', { Upgrade: 'TLS/1.2, HTTP/1.1' }),
      {},
      { outcome: 'open', never: [/lost it/] },
    )
    await asks(
      refusing('426 Upgrade Required', '', { 'Sec-WebSocket-Version': '8, 7' }),
      {},
      { outcome: 'open', never: [/lost it/] },
    )
  })

  test('a refusal of a plain request, in the words of other programs, lost its upgrade too', async () => {
    const nginx = { Server: 'nginx/1.22.1' }
    for (const [status, body, headers] of [
      ['400 Bad Request', 'No WebSocket UPGRADE hdr: None\n Can "Upgrade" only to "WebSocket".', nginx],
      ['400 Bad Request', 'not websocket protocol', nginx],
      ['400 Bad Request', 'Bad Request\n', { ...nginx, 'Sec-Websocket-Version': '13' }],
      [
        '426 Upgrade Required',
        'WebSocket protocol violation: Connection header "" does not contain Upgrade\n',
        nginx,
      ],
      ['400 Bad Request', '{"code":3,"message":"Bad request"}', nginx],
    ] as const) {
      await asks(
        refusing(status, body, headers),
        {},
        { outcome: 'fault', first: ['upgrade-headers-stripped'], says: [/proxy_set_header Upgrade/] },
      )
    }
  })

  test('a framework’s 404 for pages is no missing path: the upgrade was lost, or nobody listens for it', async () => {
    for (const body of [
      '{"detail":"Not Found"}',
      page('<pre>Cannot GET /ws</pre>'),
      '{"message":"Route GET:/ws not found","error":"Not Found","statusCode":404}',
    ]) {
      await asks(
        refusing('404 Not Found', body, { Server: 'nginx/1.22.1' }),
        {},
        { outcome: 'open', first: ['upgrade-headers-stripped'], beside: ['not-a-websocket-endpoint'] },
      )
      await asks(
        refusing('404 Not Found', body),
        {},
        { outcome: 'open', first: ['not-a-websocket-endpoint'] },
      )
    }
  })

  test('HTTP/1.0 to the backend, in the words of two servers that mind it', async () => {
    for (const body of [
      'Failed to open a WebSocket connection: did not receive a valid HTTP request.\n',
      'WebSocket protocol violation: handshake request must be at least HTTP/1.1: "HTTP/1.0"\n',
    ]) {
      await asks(
        refusing('400 Bad Request', body, { Server: 'nginx/1.22.1' }),
        {},
        { outcome: 'fault', first: ['upstream-http-version'], says: [/proxy_http_version 1\.1/] },
      )
    }
  })

  test("a proxy's own page for a backend that is not there names the proxy", async () => {
    for (const [who, status, body, headers] of [
      [
        /HAProxy/,
        '503 Service Unavailable',
        page('<h1>503</h1>\nNo server is available to handle this request.'),
        {},
      ],
      [
        /Varnish/,
        '503 Backend fetch failed',
        page('<h1>Error 503 Backend fetch failed</h1><h3>Guru Meditation:</h3>'),
        { Via: '1.1 varnish (Varnish/7.1)' },
      ],
      [
        /Squid/,
        '503 Service Unavailable',
        page('The requested URL could not be retrieved'),
        { Server: 'squid/5.7', Via: '1.1 box (squid/5.7)', 'X-Squid-Error': 'ERR_CONNECT_FAIL 111' },
      ],
      [/Squid/, '503 Service Unavailable', '', { 'X-Squid-Error': 'ERR_CANNOT_FORWARD 0' }],
      [
        /Apache Traffic Server/,
        '502 Could Not Connect',
        page('Could not connect to the requested server host.'),
        { Server: 'ATS/9.2.5' },
      ],
      [/Envoy/, '503 Service Unavailable', 'no healthy upstream', { Server: 'envoy' }],
      [/Traefik/, '503 Service Unavailable', 'no available server\n', {}],
      [
        /Kong/,
        '503 Service Unavailable',
        '{"message":"failure to get a peer from the ring-balancer"}',
        { Via: 'kong/3.4' },
      ],
    ] as const) {
      await asks(
        refusing(status, body, headers),
        {},
        { outcome: 'open', first: ['backend-unreachable'], says: [who] },
      )
    }
  })

  test('a rule of the proxy, in its own words', async () => {
    for (const [body, headers] of [
      [page('Request forbidden by administrative rules.'), {}],
      ['', { 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' }],
      ['RBAC: access denied', { Server: 'envoy' }],
    ] as const) {
      await asks(
        refusing('403 Forbidden', body, headers),
        {},
        { outcome: 'open', first: ['forbidden', 'client-side-interference'], beside: ['forbidden'] },
      )
    }
  })

  test('HTTP/2 without TLS and nothing else is named by its first frame', async () => {
    for (const bytes of [
      '000006040000000000000300000064',
      '0000080700000000000000000000000001',
      '000000040000000000',
    ]) {
      await asks(
        (visit) => void visit.socket.end(Buffer.from(bytes, 'hex')),
        {},
        {
          outcome: 'fault',
          first: ['not-http'],
          says: [/HTTP\/2/],
        },
      )
    }
  })

  test('other protocols are named by their greetings', async () => {
    for (const [greeting, name] of [
      ['SSH-2.0-OpenSSH_9.2p1\r\n', /SSH/],
      ['RFB 003.008\n', /VNC/],
      ["-ERR unknown command 'GET'\r\n", /Redis/],
      ['INFO {"server_id":"N"}\r\n', /NATS/],
      ['AMQP\u0000\u0000\u0009\u0001', /AMQP/],
      ['J\u0000\u0000\u0000\u000a8.0.36\u0000', /MySQL/],
    ] as const) {
      await asks(
        (visit) => void visit.socket.end(Buffer.from(greeting, 'latin1')),
        {},
        {
          outcome: 'fault',
          first: ['not-http'],
          says: [name],
        },
      )
    }
  })
})
