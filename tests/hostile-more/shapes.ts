/** Texts that cost a reader more than their length, where anything does: one unit over and over, or counted. */

export type Shape = (size: number) => string

const times =
  (unit: string): Shape =>
  (size) =>
    unit.repeat(Math.max(1, Math.floor(size / unit.length)))
const after =
  (before: string, unit: string, end = ''): Shape =>
  (size) =>
    before + times(unit)(size) + end
/** Units that all differ. */
const counted =
  (unit: (index: number) => string): Shape =>
  (size) => {
    const parts: string[] = []
    for (let length = 0, index = 0; length < size; index += 1) {
      const part = unit(index)
      parts.push(part)
      length += part.length
    }
    return parts.join('')
  }

const stamp = (index: number) => {
  const part = (value: number) => String(value % 60).padStart(2, '0')
  return `01/Jan/2026:00:${part((index / 60) | 0)}:${part(index)} +0000`
}
const iso = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 7).toISOString()

/** Whatever the reader: characters that something takes for more than text. */
export const texts: Readonly<Record<string, Shape>> = {
  'one letter': times('a'),
  'blank lines': after('', '\n', 'x'),
  'blank lines of Windows': after('', '\r\n', 'x'),
  'line separators': after('', '\u2028', 'x'),
  blanks: after('', ' ', 'x'),
  'tabs and blanks': after('x', '\t ', 'x'),
  'short lines': times('a\n'),
  'other lines': counted((index) => `${index} says x${index % 977}\n`),
  'double quotes': times('"'),
  'escaped quotes': times('\\"'),
  'quoted words': times('"a" '),
  brackets: times('['),
  braces: times('{'),
  'braces of a template': times('$'.concat('{')),
  parentheses: after('(', '(70007)', ' AH01102'),
  semicolons: times(';'),
  colons: times('a: '),
  equals: times('a=b '),
  numbers: times('1006 '),
  'percent signs': times('%f'),
  'half characters': times('\ud83d'),
  'hidden characters': times('\u202e\u200b'),
  colours: times('\u001b[31m'),
  'colours that never end': times('\u001b]0;a'),
  'tokens of a web token': times('eyJ-'),
  secrets: times('token=abc&'),
  addresses: times('wss://a.example/ws?token=x '),
  'an address that never ends': after('wss://a.example/', '%20a'),
  'an e-mail address that never ends': after('ws://', 'a@'),
  'IPv6 addresses': times('::1:'),
}

/** What programs print, and more of it than they would. */
export const lines: Readonly<Record<string, Shape>> = {
  'console messages': counted(
    (index) =>
      `WebSocket connection to 'wss://a.example/${index}' failed: Error during WebSocket handshake: Unexpected response code: ${400 + (index % 100)}\n`,
  ),
  'close events': counted(
    (index) =>
      `CloseEvent {isTrusted: true, wasClean: false, code: ${1000 + (index % 16)}, reason: "${index}"}\n`,
  ),
  'errors of Node': counted(
    (index) =>
      `Error: connect ECONNREFUSED 10.0.0.${index % 256}:80\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n`,
  ),
  'stack frames': counted((index) => `  File "/srv/app/${index}.py", line ${index}, in run\n`),
  'talk in wscat': after('Connected (press CTRL+C to quit)\n', '> hello\n< hello\n'),
  'answers of HTTP': times('HTTP/1.1 403 Forbidden\nServer: nginx\n\nno\n'),
  'an answer with many headers': after('HTTP/1.1 403 Forbidden\n', 'X-A: b\n'),
  'an answer that never ends': after('HTTP/1.1 200 OK\n\n', '<p>a\n'),
  'output of curl': times('* Trying 10.0.0.1:80...\n> GET /ws HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 101 X\n<\n'),
  'output of curl that never ends': after('* Trying 10.0.0.1:80...\n', '* a\n'),
  'objects of JSON': counted(
    (index) => `{"level":"info","ts":${1767225600 + index},"msg":"closed","code":1006,"id":${index}}\n`,
  ),
  'lines of docker': counted(
    (index) => `{"log":"${iso(index)} closed 1006\\n","stream":"stdout","time":"${iso(index)}"}\n`,
  ),
  'layers of envelopes': times('api-1  | '),
}

/** Of proxies and servers: equal and different clients, with and without what joins lines of two logs. */
export const logs: Readonly<Record<string, Shape>> = {
  'connections of one client that ended together': counted(
    (index) =>
      `10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "x" ${index % 600}.000\n`,
  ),
  'connections of many clients that ended one by one': counted(
    (index) =>
      `10.0.${(index >> 8) % 256}.${index % 256} - - [${stamp(index)}] "GET /ws?${index} HTTP/1.1" 101 ${index} "-" "x" 60.0\n`,
  ),
  'one client whose every connection has an error line': counted((index) =>
    index % 2
      ? `10.0.0.1 - - [${stamp(index)}] "GET /ws/${index} HTTP/1.1" 101 0 "-" "x" 60.0\n`
      : `2026/01/01 00:00:00 [error] 7#7: *${index} upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 10.0.0.1, server: a, request: "GET /ws/${index + 1} HTTP/1.1", upstream: "http://10.0.0.9:80/ws"\n`,
  ),
  'error lines that fit no connection': counted((index) =>
    index % 2
      ? `10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /ws/${index} HTTP/1.1" 101 0 "-" "x" 60.0\n`
      : `2026/01/01 00:00:00 [error] 7#7: *${index} connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: a, request: "GET /ws/none${index} HTTP/1.1", upstream: "http://10.0.0.9:80/ws"\n`,
  ),
  'proxy and server that saw the same restart': counted((index) =>
    index % 2
      ? `10.0.0.1 - - [01/Jan/2026:00:10:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "x" ${(index >> 1) % 600}.000\n`
      : `[WS_DIAGNOSTICS] client_id=c-${index}, path=/ws disconnected - code=1006, close_code=1006, reason="", duration_ms=${((index >> 1) % 600) * 1000}, ended_by=network, at=2026-01-01T00:10:00.${String((index >> 1) % 1000).padStart(3, '0')}Z\n`,
  ),
  'lines of HAProxy': counted(
    (index) =>
      `Jan  1 00:00:00 lb haproxy[1]: 10.0.0.1:${1024 + (index % 60_000)} [01/Jan/2026:00:00:00.${String(index % 1000).padStart(3, '0')}] front back/s1 0/0/1/2/${index} 101 0 - - cD-- 1/1/1/1/0 0/0 "GET /ws HTTP/1.1"\n`,
  ),
  'one line of an access log that never ends': after(
    '10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "',
    '\\x22 a',
  ),
  'one line of an error log that never ends': after(
    '2026/01/01 00:00:00 [error] 7#7: *1 ',
    'client: 10.0.0.1, ',
  ),
  'one line of Apache that never ends': after(
    '[Thu Jan 01 00:00:00.000000 2026] [proxy:error] [pid 1] ',
    '(111)AH00957 ',
  ),
}

export const configurations: Readonly<Record<string, Shape>> = {
  'servers of nginx': counted(
    (index) =>
      `server { listen ${index % 65_535}; server_name a${index}; location / { proxy_pass http://b; } }\n`,
  ),
  'expressions of nginx': (size) =>
    `server {\nlisten 80;\n${counted((index) => `location ~ ^/a${index}(a|b)*$ { proxy_pass http://b; }\n`)(size)}}`,
  'a map of expressions': (size) =>
    `map $http_upgrade $a {\n${counted((index) => `~a${index}(a|b)*$ b;\n`)(size)}}\nserver { listen 80; location / { proxy_set_header Connection $a; proxy_pass http://b; } }`,
  'locations that ask a map': (size) =>
    `map $http_upgrade $a {\n${counted((index) => `a${index} b;\n`)(size / 2)}}\nserver {\nlisten 80;\n${counted((index) => `location /ws${index} { proxy_set_header Connection $a; proxy_set_header Upgrade $a; proxy_pass http://b; }\n`)(size / 2)}}`,
  'locations of nginx': after(
    'server {\nlisten 80;\n',
    'location ~ ^/(a|b)*$ { proxy_pass http://b; }\n',
    '}',
  ),
  'other locations of nginx': (size) =>
    `server {\nlisten 80;\n${counted((index) => `location /a${index} { proxy_pass http://b; }\n`)(size)}}`,
  'blocks in blocks': times('location / {\n'),
  'directives of nginx': after('server {\n', 'proxy_set_header X-A "b";\n', '}'),
  'maps of nginx': counted((index) => `map $http_upgrade $a${index} { default a; '' b; }\n`),
  'a map of nginx': (size) =>
    `map $http_upgrade $a {\n${counted((index) => `a${index} b;\n`)(size)}}\nserver { listen 80; location / { proxy_set_header Connection $a; proxy_pass http://b; } }`,
  'upstreams of nginx': counted((index) => `upstream a${index} { server 10.0.0.1:80; }\n`),
  'rewrites of nginx': after(
    'server {\nlisten 80;\n',
    'rewrite ^/a(.*)$ /ws$1;\n',
    'location / { proxy_pass http://b; } }',
  ),
  'variables of nginx': (size) =>
    `server {\nlisten 80;\n${counted((index) => `set $a${index + 1} $a${index}x;\n`)(size)}location / { proxy_pass http://b; } }`,
  'comments of nginx': after('server {\n', '# a { b }\n', '}'),
  'a word that never ends': after('server { listen 80; location / { proxy_pass http://', 'a$b', '; } }'),
  'Lua in nginx': after('content_by_lua_block {', '-\\"\\\''),
  'formats of logs': times("log_format a '$remote_addr';\n"),
  'formats of logs that never end': times("log_format\t'\t';"),
  'listens of Apache': after('<VirtualHost *:80>\n', 'ProxyPass /ws ws://b/ws\n', '</VirtualHost>\n'),
  'hosts of Apache': times('<VirtualHost *:80>\n<Location />\n'),
  'front ends of HAProxy': times('frontend a\n  bind :80\n  acl b hdr(Upgrade) -i websocket\n'),
  'headers in HAProxy': after('frontend a\n', '  http-request deny if hdr(hdr(hdr(\n'),
  'sites of Caddy': times('a.example {\n  reverse_proxy b:80\n}\n'),
  'sites of Caddy that never end': times('a.example {\n  reverse_proxy b:80 {\n'),
  'keys of YAML': times('networks:\n'),
  'lists of YAML': times('- a: b\n'),
  'annotations of Kubernetes': after(
    'metadata:\n  annotations:\n',
    '    nginx.ingress.kubernetes.io/a: "b"\n',
  ),
}

/** The rest of a head of HTTP, and bodies. */
export const answers: Readonly<Record<string, Shape>> = {
  'headers that go on in the next line': times(' a\r\n'),
  headers: times('X-A: b\r\n'),
  'answers before the answer': times('\r\nHTTP/1.1 100 a\r\n'),
  chunks: times('1\r\na\r\n'),
  'a length that never ends': times('0'),
}

/** Bytes of WebSocket, and JSON. */
export const streams: Readonly<Record<string, Shape>> = {
  'empty messages': times('\x81\x00'),
  pings: times('\x89\x01a'),
  'a message in fragments': after('\x01\x01a', '\x00\x01a'),
  'frames of a length that never comes': after('\x82\x7f\x00\x00\x00\x00\x7f\x00\x00\x00', 'a'),
  'arrays in arrays': (size) => '['.repeat(size / 2) + ']'.repeat(size / 2),
  'objects in objects': (size) => '{"a":'.repeat(size / 6) + 0 + '}'.repeat(size / 6),
  'names that all differ': (size) => `{${counted((index) => `"a${index}":1,`)(size)}"a":1}`,
  'the same name': (size) => `{${'"a":1,'.repeat(size / 6)}"a":1}`,
  'a number that never ends': times('9'),
}

export const queries: Readonly<Record<string, Shape>> = {
  parameters: times('a=b&'),
  'other parameters': counted((index) => `a${index}=b&`),
  'kinds in one': after('kinds=', 'attempt,'),
  'the same parameter': times('kinds=attempt&'),
}

/** Archives of a browser with many entries, messages and headers. */
export const archives: Readonly<Record<string, (count: number) => unknown>> = {
  entries: (count) => ({
    log: {
      entries: listOf(count, (at) => ({ request: { url: `wss://a/${at}` }, response: { status: 101 } })),
    },
  }),
  messages: (count) =>
    archiveOf({
      _webSocketMessages: listOf(count, (at) => ({
        type: at % 2 ? 'send' : 'receive',
        time: at,
        data: `${at}`,
      })),
    }),
  headers: (count) =>
    archiveOf({
      request: { url: 'wss://a/', headers: listOf(count, (at) => ({ name: `X-${at}`, value: 'a' })) },
    }),
  'headers of an answer': (count) =>
    archiveOf({
      response: { status: 403, headers: listOf(count, (at) => ({ name: `X-${at}`, value: 'a' })) },
    }),
}

const archiveOf = (entry: object) => ({
  log: { entries: [{ request: { url: 'wss://a/' }, response: { status: 101 }, ...entry }] },
})

/** Evidence documents with many of something, each about as long as a short line. */
export const documents: Readonly<Record<string, (count: number) => unknown>> = {
  'console messages': (count) => ({
    browser: { console: listOf(count, (at) => `WebSocket connection to 'wss://a/${at}' failed: `) },
  }),
  'events of a page': (count) => ({
    browser: { events: listOf(count, (at) => ({ ms: at, type: at % 2 ? 'message' : 'close_called' })) },
  }),
  'closes of a page': (count) => ({
    browser: {
      events: listOf(count, (at) => ({ ms: at, type: 'close', code: 1000 + (at % 16), reason: `${at}` })),
    },
  }),
  frames: (count) => ({
    probe: {
      http: { status: 101 },
      frames: listOf(count, (at) => ({ ms: at, opcode: at % 16, rsv: at % 8, length: at })),
    },
  }),
  'headers of an answer': (count) => ({
    probe: { http: { status: 403, headers: listOf(count, (at) => [`X-${at}`, 'a, b;c="d']) } },
  }),
  'the same header': (count) => ({
    probe: { http: { status: 101, headers: listOf(count, () => ['Sec-WebSocket-Protocol', 'a']) } },
  }),
  'a long answer': (count) => ({
    probe: {
      http: { status: 403, headers: [['Server', '<'.repeat(count)]], body_start: '<a '.repeat(count) },
    },
  }),
  'a long close reason': (count) => ({
    browser: {
      events: [
        { ms: 0, type: 'open' },
        { ms: 1, type: 'close', code: 4000, reason: 'origin '.repeat(count) },
      ],
    },
  }),
  retries: (count) => ({
    probe: { http: { status: 403 } },
    retries: listOf(count, (at) => ({ vary: { path: `/${at}` }, status: 400 + (at % 100) })),
  }),
  'lines of a client': (count) => ({
    client: {
      lines: listOf(count, (at) => ({ text: `Error: connect ECONNREFUSED 10.0.0.${at % 256}:80`, at })),
    },
  }),
  'lines of a proxy': (count) => ({
    proxy: {
      kind: 'nginx',
      error_log: listOf(
        count,
        (at) =>
          `2026/01/01 00:00:00 [error] 7#7: *${at} upstream timed out (110: Connection timed out) while reading`,
      ),
    },
  }),
  'lines of an access log': (count) => ({
    proxy: {
      kind: 'nginx',
      access_log: listOf(
        count,
        (at) => `10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "x" ${at}.0`,
      ),
    },
  }),
  'events of a server': (count) => ({
    server: listOf(count, (at) => ({
      ms: at,
      type: ['request', 'upgraded', 'message', 'fin_received', 'close', 'log', 'pong'][at % 7],
      code: at,
      text: `${at} closed 1006`,
    })),
  }),
  'requests to a server': (count) => ({
    server: listOf(count, (at) => ({
      ms: at,
      type: 'request',
      path: `/${at}`,
      headers: [
        ['Upgrade', 'websocket'],
        ['Origin', `https://${at}.example`],
      ],
    })),
  }),
  'peers that ended together': (count) => ({
    peers: listOf(count, (at) => ({ opened_ms: at, closed_ms: 1e9, age_ms: 60_000, code: 1006 })),
  }),
  'peers that ended one by one': (count) => ({
    peers: listOf(count, (at) => ({
      opened_ms: at * 7,
      closed_ms: at * 7 + 60_000 + (at % 500),
      last_byte_ms: at * 7,
      bytes: at,
      code: 1006,
    })),
  }),
  subprotocols: (count) => ({
    target: { url: 'wss://a/', subprotocols: listOf(count, (at) => `p${at}`) },
    probe: { http: { status: 101, headers: [['Sec-WebSocket-Protocol', 'q']] } },
  }),
  'names of a certificate': (count) => ({
    target: { url: 'wss://a.example/' },
    probe: {
      tls: {
        outcome: 'error',
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
        san: listOf(count, (at) => `DNS:a${at}.example`).join(', '),
      },
    },
  }),
  'unknown members': (count) => ({ browser: Object.fromEntries(listOf(count, (at) => [`x${at}`, at])) }),
  'what an application says': (count) => ({
    application: { protocol: 'graphql', says: listOf(count, (at) => `${at} Unauthorized`) },
  }),
}

function listOf<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
