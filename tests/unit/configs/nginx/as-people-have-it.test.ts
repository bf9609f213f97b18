/** Parts, templates and streams, as they lie in folders and repositories. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LintOptions, lint } from '#lib/configs/nginx/lint.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

const judge = (text: string, options: LintOptions = {}) =>
  lint('site.conf', filesReader({ 'site.conf': text }), options)
const alarms = (text: string, options?: LintOptions) =>
  judge(text, options).findings.flatMap(({ severity, rule, line }) =>
    severity === 'info' ? [] : `${rule} ${line}`,
  )

const PASSED_ON =
  'proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_read_timeout 1h;'
const location = (path: string, settings = PASSED_ON, to = 'http://127.0.0.1:3000') =>
  `location ${path} { proxy_pass ${to}; ${settings} }`

describe('a part of a configuration', () => {
  const PARTS: Record<string, { text: string; implied: string[] }> = {
    'a server': { text: `server { listen 80; ${location('/ws')} }`, implied: ['http'] },
    'a map with a server': {
      text: `map $http_upgrade $c { default upgrade; }\nserver { listen 80; ${location('/ws')} }`,
      implied: ['http'],
    },
    'a location': { text: location('/ws'), implied: ['http', 'server'] },
    'what stands in a location': {
      text: `proxy_pass http://a; ${PASSED_ON}`,
      implied: ['http', 'server', 'location'],
    },
    'http alone': { text: `http { server { listen 80; ${location('/ws')} } }`, implied: ['main'] },
  }
  for (const [name, { text, implied }] of Object.entries(PARTS)) {
    it(`is judged, and what was implied is said: ${name}`, () => {
      const { error, impliedBlocks, looked } = judge(text)
      assert.equal(error, undefined)
      assert.deepEqual(impliedBlocks, implied)
      assert.deepEqual(
        looked.map(({ proxied }) => proxied),
        [true],
      )
      assert.deepEqual(alarms(text), [])
      assert.notDeepEqual(alarms(text.replace('Upgrade $http_upgrade', 'X-Nothing 1')), [])
    })
  }

  it('is refused where nginx would not read it to its end, or know a word of it', () => {
    assert.match(judge('server { listen 80;').error?.message ?? '', /unexpected end of file/)
    assert.match(judge('server { listen 80; locaton /ws { } }').error?.message ?? '', /unknown directive/)
    assert.match(judge(`events {}\nhttp { }\nserver { listen 80; }`).error?.message ?? '', /not allowed here/)
  })

  it('has no map of its own, which another file may have', () => {
    const text = `server { listen 80; ${location('/ws', PASSED_ON.replace('"upgrade"', '$connection_upgrade'))} }`
    const [finding] = judge(text).findings.filter(({ rule }) => rule === 'variable-undefined')
    assert.match(finding?.fix ?? '', /^map \$http_upgrade \$connection_upgrade \{$/m)
    assert.deepEqual(alarms(text), ['variable-undefined 1'])
    assert.deepEqual(alarms(`map $http_upgrade $connection_upgrade { default upgrade; }\n${text}`), [])
    const inside = location('/ws', PASSED_ON.replace('"upgrade"', '$connection_upgrade'))
    assert.deepEqual(alarms(inside), [])
    const { error, findings } = judge(`events {}\nhttp {\n${text} }`)
    assert.deepEqual([error?.message, error?.line], ['unknown "connection_upgrade" variable', 3])
    assert.equal(findings[0]?.cause, 'proxy-misconfigured')
  })
})

describe('a template', () => {
  const TEMPLATES: Record<string, string> = {
    envsubst: `server { listen \${PORT}; server_name $DOMAIN; ${location('/ws', PASSED_ON.replace('1h', `\${TIMEOUT}`), '$BACKEND')} }`,
    jinja: `server {\n{% if tls %}\nlisten {{ port }} ssl;\n{% else %}\nlisten {{ port }};\n{% endif %}\n${location('/ws', PASSED_ON.replace('1h', '{{ timeout }}'), 'http://{{ host }}:{{ port }}')} }`,
    erb: `server { listen <%= ENV["PORT"] %>; ${location('/ws', PASSED_ON.replace('1h', '<%= timeout %>'), 'http://<%= backend %>')} }`,
    go: `server {\n{{- if .Tls }}\nlisten 443 ssl;\n{{- else }}\nlisten {{ .Port }};\n{{- end }}\n${location('/ws', PASSED_ON.replace('1h', '{{ .Timeout | default "1h" }}'), 'http://{{ .Host }}')} }`,
  }
  for (const [name, text] of Object.entries(TEMPLATES)) {
    it(`leaves open what is to be filled in, and nothing else: ${name}`, () => {
      const { error, placeholders, judged } = judge(text)
      assert.equal(error, undefined)
      assert.ok(placeholders.length >= 3)
      assert.equal(judged?.effective?.readTimeoutSeconds, undefined)
      assert.deepEqual(alarms(text), [])
      // Any port may be meant; then Host has to name it.
      assert.match(alarms(text, { port: 8443 }).join(), /^host-without-port \d+$/)
      assert.match(
        alarms(text.replace('Upgrade $http_upgrade', 'Upgrade $http_connection')).join(),
        /^upgrade-header-missing/,
      )
    })
  }

  it('has variables of nginx, which are none of it', () => {
    const { placeholders } = judge(
      `server { listen 80; set $MINE 1; return 200 "\${host} <b> $request_uri $1"; }`,
    )
    assert.deepEqual(placeholders, [])
  })

  it('may bring any directive in a line of its own', () => {
    const bare = `server {\nlisten 80;\nlocation /ws {\n\${EXTRA}\nproxy_pass http://a;\n} }`
    assert.deepEqual(alarms(bare), [])
    assert.deepEqual(judge(bare).missing, [{ name: `\${EXTRA}`, file: 'site.conf', line: 4 }])
  })

  it('may have a location that takes the path, whatever the path will be', () => {
    const text = `server { listen 80; location / { root /srv; } ${location('{{ path }}')} }`
    assert.deepEqual(alarms(text, { path: '/ws' }), [])
    assert.match(judge(text, { path: '/ws' }).left[0]?.because ?? '', /may take it/)
  })
})

describe('without a path', () => {
  it('lists what was judged and what was not, with a hint', () => {
    const text = `server {\nlisten 80;\n${location('/hmr')}\n${location('/v1/', 'proxy_http_version 1.1;')}\n}`
    const { looked, left, findings } = judge(text)
    assert.deepEqual([looked.map((each) => each.text), left.map(({ line }) => line)], [['/hmr'], [4]])
    assert.ok(findings.some(({ rule, line }) => rule === 'upgrade-header-missing' && line === 4))
    assert.deepEqual(alarms(text), [])
  })

  it('judges every server where nothing speaks of WebSockets', () => {
    const server = (name: string) =>
      `server { listen 80; server_name ${name}; ${location('/', 'proxy_http_version 1.1;')} }`
    const lines = alarms(`${server('a.example')}\n${server('b.example')}`).filter((each) =>
      each.startsWith('upgrade'),
    )
    assert.deepEqual(lines, ['upgrade-header-missing 1', 'upgrade-header-missing 2'])
  })

  it('judges the server for https where the one for http only leads there', () => {
    const redirect = 'server { listen 80; server_name a.example; return 301 https://$host$request_uri; }\n'
    const text = `${redirect}server { listen 443 ssl; server_name a.example; ${location('/', 'proxy_http_version 1.1;')} }`
    for (const options of [{}, { path: '/ws' }]) {
      assert.ok(alarms(text, options).includes('upgrade-header-missing 2'), JSON.stringify(options))
    }
    assert.deepEqual(alarms(text, { path: '/ws', port: 80 }).includes('upgrade-header-missing 2'), false)
  })
})

describe('stream', () => {
  const stream = (settings: string) =>
    `events {}\nstream { server { listen 443; proxy_pass 127.0.0.1:8443; ${settings} } }\n`
  const http = (settings = PASSED_ON) => `http { server { listen 8443; ${location('/ws', settings)} } }`

  it('listens too, has its own timer, and what it passes to is judged', () => {
    assert.deepEqual(alarms(stream('') + http(), { port: 443, tls: true, path: '/ws' }), [])
    assert.deepEqual(alarms(stream('proxy_timeout 30s;') + http(), { tls: true, port: 443, path: '/ws' }), [
      'read-timeout-short 2',
    ])
    assert.ok(
      alarms(stream('') + http('proxy_http_version 1.1;'), { port: 443, tls: true, path: '/ws' }).includes(
        'upgrade-header-missing 3',
      ),
    )
    assert.deepEqual(alarms(stream('proxy_timeout 45s;'), { heartbeatSeconds: 20 }), [])
  })

  it('is listed where it was not judged', () => {
    const text = `events {}\nstream { server { listen 5432; proxy_pass db:5432; } }\nhttp { server { listen 80; ${location('/ws')} } }`
    assert.deepEqual(
      judge(text).left.map(({ text: port }) => port),
      ['port 5432'],
    )
  })
})
