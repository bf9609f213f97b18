import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'

const config = `http {
  map $host $a {
    hostnames;
    default D;
    *.example.com short;
    *.ws.example.com long;
    ws.* tail;
    ws.example.* longtail;
    .dot.org dot;
    exact.dot.org exact;
    ~^re re;
    *.re.net head;
  }
  server { listen 80 default_server; location / { proxy_pass http://b; proxy_set_header Connection $a; } }
}`

/** As nginx 1.22 answered, whatever the order of the entries. */
const answered = {
  'a.example.com': 'short',
  'b.ws.example.com': 'long',
  'ws.example.com': 'short',
  'ws.example.net': 'longtail',
  'ws.other': 'tail',
  'dot.org': 'dot',
  'x.dot.org': 'dot',
  'exact.dot.org': 'exact',
  'a.re.net': 'head',
  're1.net': 're',
  'example.com': 'D',
  'ws.ws.example.com': 'long',
}

for (const [host, value] of Object.entries(answered)) {
  test(`a map of host names gives ${host} its ${value}, the longest name before any expression`, () => {
    const { effective } = settingsOfPath(`events {}\n${config}`, { path: '/', host, port: 80 })
    assert.deepEqual(
      effective?.connectionHeader.lines.map((line) => line.value),
      [value],
    )
  })
}
