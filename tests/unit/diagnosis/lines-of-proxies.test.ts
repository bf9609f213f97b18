/** A line of a proxy's log, and nothing else: whose fault it is, how surely, and what to do about it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Certainty } from '#lib/playbook/cause.ts'

type Row = readonly [text: string, cause: string, certainty: Certainty, fix?: RegExp]

const nginx = (message: string, level = 'error'): string =>
  `2026/11/20 09:00:00 [${level}] 22#22: *5 ${message}, client: 203.0.113.9, server: app.example, request: "GET /ws HTTP/1.1", host: "app.example"`
const apache = (module: string, message: string): string =>
  `[Fri Nov 20 09:00:00.123456 2026] [${module}] [pid 311:tid 140] [client 203.0.113.9:50001] ${message}`

const iis = (
  status: string,
  taken: number,
): string => `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken
2026-11-20 09:00:06 10.0.0.4 GET /ws - 443 - 203.0.113.9 Mozilla/5.0 ${status} ${taken}
2026-11-20 09:00:14 10.0.0.4 GET /ws - 443 - 203.0.113.9 Mozilla/5.0 ${status} ${taken + 7}`
const cloudfront = (status: number, result: string, protocol = 'wss'): string =>
  `#Version: 1.0
#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs-uri-query x-edge-result-type cs-protocol time-taken x-edge-detailed-result-type
2026-11-20\t09:00:06\tFRA56-P4\t427\t203.0.113.9\tGET\td1.cloudfront.example\t/ws\t${status}\t-\tError\t${protocol}\t0.087\t${result}`
const session = (
  method: string,
  transport: string,
  status: number,
  sid = '&sid=9kQm2rX1cB2v2oWzAAAB',
): string =>
  `203.0.113.9 - - [20/Nov/2026:09:00:40 +0000] "${method} /socket.io/?EIO=4&transport=${transport}${sid} HTTP/1.1" ${status} 41 "-" "Mozilla/5.0"`

const ROWS: Record<string, readonly Row[]> = {
  'a setting of nginx': [
    [nginx('no resolver defined to resolve ws.internal'), 'proxy-misconfigured', 'proven', /“ws\.internal”/],
    [nginx('invalid URL prefix in "backend:3000"'), 'proxy-misconfigured', 'proven', /http:\/\/ or https/],
    [nginx('invalid port in upstream "backend:30x0"'), 'proxy-misconfigured', 'proven', /not an address/],
    [
      nginx('rewrite or internal redirection cycle while internally redirecting to "/index.html"'),
      'proxy-misconfigured',
      'proven',
      /leads back to itself/,
    ],
  ],
  'TLS between Apache and its backend, and with its client': [
    [
      apache('ssl:info', 'AH02003: SSL Proxy connect failed').replace(
        'client 203.0.113.9',
        'remote 10.0.0.9',
      ),
      'proxy-misconfigured',
      'likely',
    ],
    [
      apache(
        'ssl:error',
        'AH02039: Certificate Verification: Error (20): unable to get local issuer',
      ).replace('client 203.0.113.9', 'remote 10.0.0.9'),
      'proxy-misconfigured',
      'likely',
      /SSLProxyCACertificateFile/,
    ],
    [
      apache('ssl:error', 'AH02039: Certificate Verification: Error (18): self-signed certificate'),
      'tls-client-certificate-required',
      'likely',
    ],
    [
      'AH02039: Certificate Verification: Error (18): self-signed certificate',
      'tls-client-certificate-required',
      'possible',
    ],
  ],
  'what Apache does not pass on': [
    [
      apache('proxy:error', 'AH10408: To be forwarded query string contains control characters or spaces'),
      'proxy-misconfigured',
      'proven',
      /flag B/,
    ],
    [
      apache('proxy:error', 'AH00941: WS: failed to acquire connection for (10.0.0.9:8080)'),
      'proxy-misconfigured',
      'likely',
    ],
  ],
  'details of Envoy and middlewares of Traefik': [
    [
      '[2026-11-20T09:00:00.101Z] "GET /ws HTTP/1.1" 503 UF,URX upstream_reset_before_response_started{remote_connection_failure|TLS_error:|268435703:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end} - "-" 0 95 12 - "203.0.113.9" "Mozilla" "id" "app.example" "10.0.0.5:8080" outbound|80||app 10.0.0.1:1 10.0.0.2:2 203.0.113.9:5 - default',
      'backend-handshake-failure',
      'likely',
    ],
    ['http1.headers_too_large', 'request-too-large', 'proven'],
    [
      '2026-11-20T09:00:00Z DBG Rejecting IP 203.0.113.9: "203.0.113.9" matched none of the trusted IPs middlewareName=lan@file middlewareType=IPAllowLister',
      'forbidden',
      'likely',
    ],
    [
      '2026-11-20T09:00:00Z DBG Remote error http://auth:4181. StatusCode: 401 middlewareName=fwd@file middlewareType=ForwardAuth',
      'authentication-required',
      'likely',
    ],
  ],
  'a host of Nginx Proxy Manager': [
    [
      `WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 400
server {
  set $forward_scheme http;
  set $server "192.168.1.20";
  set $port 8123;
  listen 443 ssl;
  server_name app.example;
  location / {
    include conf.d/include/proxy.conf;
  }
}`,
      'upgrade-headers-stripped',
      'likely',
      /Websockets Support/,
    ],
  ],
  'a file in place of the WebSocket': [
    [
      '2026/11/20 09:00:00 [error] 22#22: *5 "/var/www/ws/index.html" is not found (2: No such file or directory), client: 203.0.113.9, server: app.example, request: "GET /ws/ HTTP/1.1", host: "app.example"',
      'path-not-found',
      'proven',
    ],
  ],
  'the end of a tunnel': [
    [
      nginx('recv() failed (110: Connection timed out) while proxying upgraded connection'),
      'backend-dropped',
      'likely',
    ],
    [
      '203.0.113.9:51000 [20/Nov/2026:09:00:10.123] fe~ be/backup1 0/0/1/2/9010 101 420 - - UD-- 1/1/0/0/0 0/0 "GET /ws HTTP/1.1"',
      'proxy-restart',
      'likely',
      /on-marked-up/,
    ],
  ],
  'what nginx says around its backend': [
    [
      nginx('upstream sent unknown "Transfer-Encoding": "gzip" while reading response header from upstream'),
      'backend-handshake-failure',
      'likely',
    ],
    [
      nginx('upstream timed out (110: Connection timed out) while SSL handshaking to upstream'),
      'gateway-timeout',
      'proven',
    ],
    [
      nginx('api.internal could not be resolved (3: Host not found)'),
      'backend-unreachable',
      'proven',
      /no address/,
    ],
    [
      nginx('api.internal could not be resolved (110: Operation timed out)'),
      'backend-unreachable',
      'proven',
      /the resolver/,
    ],
    [
      nginx(
        'epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too while sending request to upstream',
        'info',
      ),
      'handshake-timeout',
      'possible',
    ],
    [
      nginx('connection upgrade in subrequest while reading response header from upstream'),
      'proxy-misconfigured',
      'proven',
      /auth_request/,
    ],
    [
      nginx('send() failed (32: Broken pipe) while proxying upgraded connection'),
      'backend-dropped',
      'likely',
    ],
    [
      '2026/11/20 09:00:00 [alert] 1#1: worker process 33 exited on signal 11 (core dumped)',
      'proxy-restart',
      'likely',
    ],
    [
      `${nginx('directory index of "/usr/share/nginx/html/ws/" is forbidden').replaceAll('/ws H', '/ws/ H')}
203.0.113.9 - - [20/Nov/2026:09:00:00 +0000] "GET /ws/ HTTP/1.1" 403 153 "-" "x"`,
      'path-not-found',
      'likely',
    ],
  ],
  'all that nginx may carry': [
    [
      nginx('1024 worker_connections are not enough while connecting to upstream', 'alert'),
      'proxy-misconfigured',
      'likely',
      /worker_connections in events/,
    ],
    [
      '2026/11/20 09:00:00 [alert] 22#22: 1024 worker_connections are not enough',
      'proxy-misconfigured',
      'likely',
      /worker_connections in events/,
    ],
  ],
  'a limit of nginx': [[nginx('limiting connections by zone "perip"'), 'rate-limited', 'proven']],
  'a setting of Apache': [
    [
      `${apache('core:error', 'AH01961:  failed to enable ssl support [Hint: if using mod_ssl, see SSLProxyEngine]')}
${apache('proxy:error', 'AH00961: WSS: failed to enable ssl support for 10.0.0.9:9443 (backend.internal)')}
203.0.113.9 - - [20/Nov/2026:09:00:00 +0000] "GET /ws HTTP/1.1" 500 299`,
      'proxy-misconfigured',
      'proven',
      /TLS to backends/,
    ],
    [
      apache('proxy_wstunnel:error', 'AH02439: error parsing URL //10.0.0.9:80x/ws: Invalid port'),
      'proxy-misconfigured',
      'proven',
    ],
    [
      "[proxy:warn] [pid 311] [client 203.0.113.9:50001] AH01144: No protocol handler was valid for the URL /ws (scheme 'ws').",
      'proxy-misconfigured',
      'likely',
    ],
  ],
  'a number of IIS': [
    [iis('502 3 12029', 2032), 'backend-unreachable', 'proven'],
    [iis('502 3 2147954429', 2032), 'backend-unreachable', 'proven'],
    [iis('502 3 12007', 12), 'backend-unreachable', 'proven'],
    [iis('502 3 12002', 30_031), 'gateway-timeout', 'likely'],
    [iis('502 3 12030', 40), 'backend-handshake-failure', 'likely'],
    [iis('502 4 0', 4), 'backend-unreachable', 'proven'],
    [iis('404 15 0', 1), 'request-too-large', 'likely', /maxQueryString/],
    [iis('500 50 0', 1), 'proxy-misconfigured', 'likely', /server variable/],
    ['HTTP Error 502.3 - Bad Gateway. Error Code 0x80072efd', 'backend-unreachable', 'proven'],
  ],
  'a word of CloudFront': [
    [cloudfront(502, 'OriginConnectError'), 'backend-unreachable', 'proven'],
    [cloudfront(502, 'OriginDnsError'), 'backend-unreachable', 'proven'],
    [cloudfront(504, 'OriginCommError'), 'gateway-timeout', 'likely'],
    [cloudfront(403, 'ClientGeoBlocked'), 'forbidden', 'likely'],
    [
      `${cloudfront(400, 'Error')}
2026/11/20 09:00:06 upgrade: websocket: unsupported version: 13 not found in 'Sec-Websocket-Version' header`,
      'upgrade-headers-stripped',
      'likely',
      /AllViewer/,
    ],
  ],
  'the polling of a session': [
    [
      `${session('GET', 'polling', 200, '')}
${session('POST', 'polling', 400)}
${session('GET', 'websocket', 400)}`,
      'sticky-session-missing',
      'likely',
    ],
  ],
  'a tunnel that its client ended': [
    [
      'haproxy[911]: 203.0.113.9:41100 [20/Nov/2026:09:00:00.000] fe~ be/s1 0/0/1/3/85012 101 8012 - - CD-- 4/4/3/3/0 0/0 "GET /ws HTTP/1.1"',
      'page-left',
      'possible',
    ],
    [
      'time="2026-11-20T09:00:27Z" level=error msg="vulcand/oxy/forward/websocket: Error when copying from client to backend: websocket: close 1006 (abnormal closure): unexpected EOF"',
      'page-left',
      'possible',
    ],
  ],
  'what Apache says of its backend': [
    [
      apache('proxy:error', 'AH00898: Unexpected Upgrade: n/a (expecting websocket) returned by /ws'),
      'backend-handshake-failure',
      'likely',
    ],
    [
      apache('proxy:error', 'AH00898: Max-Forwards has reached zero - proxy loop? returned by /ws'),
      'proxy-misconfigured',
      'proven',
    ],
    [
      apache('proxy:error', 'AH00898: Connect to remote machine blocked returned by /ws'),
      'forbidden',
      'likely',
    ],
    [
      apache('proxy:error', 'AH10221: proxy: wstunnel: origin flushing failed (-102)'),
      'backend-dropped',
      'likely',
    ],
  ],
  'HAProxy without a socket left': [
    [
      'haproxy[1]: 203.0.113.9:41100 [20/Nov/2026:09:00:00.000] fe be/s1 0/0/-1/-1/3 503 312 - - RC-- 1/1/0/0/0 0/0 "GET /ws HTTP/1.1"',
      'proxy-misconfigured',
      'likely',
    ],
  ],
  'a platform that stops the server': [
    [
      '2026-11-20T09:00:00Z proxy[3d8d9a1ec12489] fra [info]App chat has excess capacity, autostopping machine 3d8d9a1ec12489. 0 out of 1 machines left running (region=fra, process group=app)',
      'server-restarting',
      'likely',
      /min_machines_running/,
    ],
  ],
}

describe('a line of a proxy', () => {
  for (const [name, rows] of Object.entries(ROWS)) {
    describe(name, () => {
      for (const [text, cause, certainty, fix] of rows) {
        it(text.slice(0, 120), async () => {
          const { report } = await readAndJudge({ files: [{ file: 'error.log', text: `${text}\n` }] })
          const [first, ...others] = report.verdicts
          assert.deepEqual([first?.cause, first?.certainty], [cause, certainty])
          assert.deepEqual(
            others.filter((each) => each.certainty !== 'possible'),
            [],
          )
          if (fix) assert.match(JSON.stringify(first?.fix), fix)
        })
      }
    })
  }
})

describe('a close event with 1001', () => {
  const event = '09:00:02.121 close code=1001 reason="" wasClean=true\n09:00:05.301 open\n'
  const serving = '09:00:02.122 Information: Connection disconnected.\n'
  it('is of no page that was left, whatever stands beside it', async () => {
    const { report } = await readAndJudge({ files: [{ file: 'x.txt', text: event + serving }] })
    assert.equal(report.verdicts[0]?.cause, 'going-away')
    assert.ok(report.verdicts.every(({ cause }) => cause !== 'page-left'))
  })
  it('is of Caddy where its admin API changed the configuration', async () => {
    const caddy = (method: string, uri: string) =>
      `{"level":"info","ts":1795165202.114,"logger":"admin.api","msg":"received request","method":"${method}","host":"localhost:2019","uri":"${uri}","remote_ip":"127.0.0.1","remote_port":"48812"}\n`
    const firstWith = async (log: string) => {
      const files = [
        { file: 'x.txt', text: event },
        { file: 'caddy.log', text: log },
      ]
      return (await readAndJudge({ files })).report.verdicts[0]?.cause
    }
    assert.equal(await firstWith(caddy('POST', '/load')), 'proxy-restart')
    assert.equal(await firstWith(caddy('GET', '/config/')), 'going-away')
  })
})

describe('a line about something else', () => {
  const OTHERS = [
    nginx('upstream prematurely closed connection while reading upstream'),
    nginx('limiting requests, dry run, excess: 5.120 by zone "ws"'),
    nginx('limiting connections, dry run, by zone "ws"'),
    nginx('delaying request, excess: 5.120, by zone "ws"', 'warn'),
    nginx(
      'upstream sent duplicate header line: "Date: x", previous value: "Date: y", ignored while reading response header from upstream',
      'warn',
    ),
  ]
  for (const text of OTHERS) {
    it(text.slice(0, 120), async () => {
      const { report } = await readAndJudge({ files: [{ file: 'error.log', text: `${text}\n` }] })
      assert.deepEqual(
        report.verdicts.filter(({ certainty }) => certainty !== 'possible'),
        [],
      )
    })
  }
})

describe('a program that refuses its configuration', () => {
  it('ends its container, and no connection', async () => {
    const text = `web-1  | nginx: [emerg] invalid number of arguments in "proxy_set_header" directive in /etc/nginx/conf.d/default.conf:13
web-1 exited with code 1
`
    const { report } = await readAndJudge({ files: [{ file: 'compose.log', text }] })
    assert.deepEqual(
      report.verdicts.map(({ cause }) => cause),
      ['proxy-misconfigured'],
    )
  })
})
