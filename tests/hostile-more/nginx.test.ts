/** Configurations of nginx that somebody wrote to keep their reader busy. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lint } from '#lib/configs/nginx/lint.ts'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'
import { timed } from '#tests/unit/processor-time.ts'

const lintText = (text: string, path?: string) =>
  lint('nginx.conf', filesReader({ 'nginx.conf': text }), path === undefined ? {} : { path })

const inServer = (text: string) => `events {}\nhttp { server { listen 80;\n${text}\n} }\n`

const EVIL = [
  '(?:.?|.?|.?){40}!',
  '^/(a|a)*$',
  '(?:a|b|/|w|s|e|h|t|l|.|.|.|.|.|.|.)*!',
  '^/(([a-z/])+.)+[A-Z]$',
  '(?=(?:.*.*.*.*)*!)/',
  '(?:a{0,90}){0,90}!',
]

/** Milliseconds that any input may take: three times what the slowest takes on a slow and busy machine. */
const LONGEST_MS = 15_000

function inTime<T>(work: () => T): T {
  const { result, tookMs } = timed(work)
  assert.ok(tookMs < LONGEST_MS, `took ${Math.round(tookMs)} ms`)
  return result
}

describe('a configuration that is made to take for ever', () => {
  it('nests blocks', () => {
    const depth = 100_000
    const { error } = inTime(() => lintText(`${'http {'.repeat(depth)}${'}'.repeat(depth)}`))
    assert.ok(error)
    assert.ok(inTime(() => lintText(inServer(`${'location / {'.repeat(depth)}`))).error)
  })

  it('includes itself, by a detour or by a pattern', () => {
    const files = { 'nginx.conf': 'include a.conf;', 'a.conf': 'include *.conf;' }
    const { error } = inTime(() => lint('nginx.conf', filesReader(files)))
    assert.match(error?.message ?? '', /includes itself/)
  })

  it('includes ten files ten times each, and so on', () => {
    const include = (name: string) => `include ${name};\n`.repeat(10)
    const files: Record<string, string> = { 'nginx.conf': include('0.inc') }
    for (let i = 0; i < 10; i += 1) files[`${i}.inc`] = include(`${i + 1}.inc`)
    assert.match(inTime(() => lint('nginx.conf', filesReader(files))).error?.message ?? '', /files/)
  })

  it('repeats in regular expressions', () => {
    const path = `/${'a'.repeat(2000)}`
    const text = inServer(
      'location ~ ^/(a+)+$ { return 404; }\nlocation ~ (.*)(.*)(.*)(.*)x$ { return 404; }',
    )
    assert.equal(inTime(() => lintText(text, path)).error, undefined)
  })

  for (const pattern of EVIL) {
    it(`asks for ${pattern} wherever an expression may stand`, () => {
      for (const text of [
        `location ~ "${pattern}" { proxy_pass http://b; }`,
        `location ~* "${pattern}" { proxy_pass http://b; }`,
        `if ($request_uri ~ "${pattern}") { return 404; }`,
        `rewrite "${pattern}" /x last;`,
        `server_name "~${pattern}";`,
      ]) {
        const longPath = `/ws/health${'/a'.repeat(1000)}`
        for (const path of ['/', '/ws', longPath]) inTime(() => lintText(inServer(text), path))
      }
      const map = `map $request_uri $m { "~${pattern}" 1; }`
      const mapped = `events {}\nhttp { ${map} server { listen 80; if ($m) { return 404; } } }\n`
      inTime(() => lintText(mapped, `/ws/health${'/a'.repeat(1000)}`))
    })
  }

  it('asks for a hundred such expressions', () => {
    const locations = Array.from({ length: 100 }, (_, i) => {
      return `location ~ "(((a)?(/)?){20}){19}${i}" { proxy_pass http://b; }`
    })
    inTime(() => lintText(inServer(locations.join('\n')), `/${'a/'.repeat(2000)}`))
  })

  it('asks for them under as many paths', () => {
    const locations = Array.from({ length: 300 }, (_, i) => {
      const path = `/ws${i}${'a/'.repeat(500)}`
      return `location ~ "^${path}(((a)?(/)?){20}){19}" { proxy_pass http://b; }\nlocation ${path} { proxy_pass http://b; }`
    })
    const { findings } = inTime(() => lintText(inServer(locations.join('\n'))))
    assert.ok(findings.some(({ rule }) => rule === 'expression-untried'))
  })

  it('leaves quotes open in Lua, behind one another', () => {
    for (const unit of [`-\\"\\'`, `"\\`, `'"`, `"\\\n`, '[[', '--[=[', '[='.repeat(20)]) {
      const lua = `content_by_lua_block {\n${unit.repeat(500_000 / unit.length)}`
      assert.ok(inTime(() => lintText(inServer(lua))).error)
    }
  })

  it('doubles a variable again and again', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `set $v${i + 1} $v${i}$v${i};`).join('\n')
    assert.equal(
      inTime(() => lintText(inServer(`set $v0 x;\n${doubling}\nreturn 200 $v60;`))).error,
      undefined,
    )
  })

  it('lets maps refer to one another', () => {
    const text =
      'events {} http { map $b $a { default $b$b$b$b$b$b$b$b; } map $a $b { default $a$a$a$a$a$a$a$a; } server { if ($a) { return 404; } } }'
    assert.equal(inTime(() => lintText(text, '/ws')).error, undefined)
  })

  it('sends a request round and round', () => {
    const text = inServer(
      'location / { rewrite ^ /x last; } location /x { try_files $uri @a; } location @a { rewrite ^ / last; }',
    )
    const { judged } = inTime(() => lintText(text, '/ws'))
    assert.equal(judged?.passesTo, undefined)
  })

  it('is a megabyte of expressions, each slow on its own', () => {
    const many = (line: (i: number) => string) => Array.from({ length: 40_000 }, (_, i) => line(i)).join('\n')
    const path = `/ws${'a'.repeat(1000)}`
    const map = `events {} http { map $uri $a { ${many((i) => `~a*b${i} v;`)} } server { if ($a) { return 404; } } }`
    assert.equal(inTime(() => lintText(map, path)).error, undefined)
    const locations = inServer(many((i) => `location ~ a*b${i} {}`))
    assert.equal(inTime(() => lintText(locations, path)).error, undefined)
  })

  it('is a map of a megabyte that a condition asks for', () => {
    const entries = Array.from({ length: 60_000 }, (_, i) => `k${i} $v${i % 9};`).join('\n')
    const text = `map $http_origin $a {\n${entries}\n}\nserver { if ($a) { return 403; } location / { proxy_pass http://a; } }`
    assert.ok(inTime(() => settingsOfPath(text, { path: '/ws' })).checksOrigin)
  })

  it('is a megabyte of lines that must not say the same', () => {
    const many = (line: (i: number) => string) => Array.from({ length: 20_000 }, (_, i) => line(i)).join('\n')
    const listens = many((i) => `listen 127.${i >> 8}.${i & 255}.1:80;`)
    assert.equal(inTime(() => lintText(inServer(listens))).error, undefined)
    const zones = many((i) => `limit_req_zone $uri zone=z${i}:1m rate=1r/s;`)
    const limits = many((i) => `limit_req zone=z${i};`)
    const text = `events {}\nhttp { ${zones} server { location / { proxy_pass http://a; } } }`
    assert.equal(inTime(() => lintText(text)).error, undefined)
    assert.ok(inTime(() => lintText(inServer(limits))).error)
  })

  it('is a megabyte of locations, or of one word', () => {
    const location = (i: number) => `location /ws${i} { proxy_pass http://127.0.0.1:3000; }\n`
    const many = inServer(Array.from({ length: 15_000 }, (_, i) => location(i)).join(''))
    assert.equal(inTime(() => lintText(many)).error, undefined)
    assert.ok(inTime(() => lintText('x'.repeat(1024 * 1024))).error)
    assert.ok(inTime(() => lintText('a;'.repeat(512 * 1024))).error)
    assert.ok(inTime(() => lintText(`"${'\\"'.repeat(500_000)}`)).error)
    assert.match(lintText(' '.repeat(1024 * 1024 + 1)).error?.message ?? '', /larger than 1 MiB/)
  })
})
