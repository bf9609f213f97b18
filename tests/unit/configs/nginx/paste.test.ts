import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import { readPaste } from '#lib/configs/nginx/syntax/paste.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** Blocks by name, with their directives; what was implied has a star. */
function outline(directives: readonly Directive[]): string {
  const parts = directives.map(({ name, args, block, implied }) => {
    const inner = block && ` { ${outline(block)} }`
    return `${name}${implied ? '*' : ''}${name === 'location' && !implied ? ` ${args.join(' ')}` : ''}${inner ?? ''}`
  })
  return parts.join(' ').replaceAll('{  }', '{}')
}
const read = (text: string) => outline(readPaste(text).directives)

describe('readPaste', () => {
  it('leaves a whole configuration as it is', () => {
    assert.equal(read('events {}\nhttp { server { listen 80; } }'), 'events {} http { server { listen } }')
    assert.equal(
      read('user www;\nhttp { server { listen 80; } }'),
      'events* {} user http { server { listen } }',
    )
    assert.equal(readPaste('events {}\nhttp {}').isPart, undefined)
  })

  const PARTS: Record<string, string> = {
    'server { listen 80; }': 'events* {} http* { server { listen } }',
    'map $a $b { default 1; }\nserver { listen 80; }':
      'events* {} http* { map { default } server { listen } }',
    'location /ws { proxy_pass http://a; }': 'events* {} http* { server* { location /ws { proxy_pass } } }',
    'map $a $b { default 1; }\nlocation /ws { proxy_pass http://a; }':
      'events* {} http* { map { default } server* { location /ws { proxy_pass } } }',
    'proxy_pass http://a;\nproxy_set_header A b;':
      'events* {} http* { server* { location* { proxy_pass proxy_set_header } } }',
    'proxy_set_header A b;\nserver { listen 80; }': 'events* {} http* { proxy_set_header server { listen } }',
    'worker_shutdown_timeout 5s;\naccess_log off;\nserver { listen 80; }':
      'events* {} worker_shutdown_timeout http* { access_log server { listen } }',
    'proxy_pass http://a; }\nlocation /b { proxy_pass http://b; } }':
      'events* {} http* { server* { location /b { proxy_pass } location* { proxy_pass } } }',
    'http { gzip on; }\nserver { listen 80; }': 'events* {} http { gzip server { listen } }',
    'server 10.0.0.1:80;\nkeepalive 8;\nserver { listen 80; }': 'events* {} http* { server { listen } }',
  }
  for (const [text, tree] of Object.entries(PARTS)) {
    it(`puts a part where it belongs: ${text.replaceAll('\n', ' ')}`, () => assert.equal(read(text), tree))
  }

  it('keeps the lines of a part, and reads on where lines were left out or the end is missing', () => {
    const text =
      '...\nserver {\n  ... \n  location /ws {\n    proxy_pass http://a;;\n    [...]\n    proxy_buffering off\n'
    const tree = readPaste(text)
    assert.equal(
      outline(tree.directives),
      'events* {} http* { include server { include location /ws { proxy_pass include proxy_buffering } } }',
    )
    const server = tree.directives.at(-1)?.block?.[1]
    const location = server?.block?.[1]
    assert.deepEqual([server?.line, location?.line, location?.block?.at(-1)?.line], [2, 4, 7])
    assert.deepEqual([tree.error?.message, tree.error?.line], ['unexpected ";"', 5])
  })

  it('takes the output of nginx -T for all of its files', () => {
    const dump =
      '# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp { include a.conf; }\n# configuration file /etc/nginx/a.conf:\n\nserver { listen 80; }\n'
    const tree = readPaste(dump)
    assert.deepEqual([tree.main, tree.missing], ['nginx.conf', []])
    assert.equal(tree.directives[1]?.block?.[1]?.file, 'a.conf')
  })

  it('names what is included and was not pasted', () => {
    const { missing } = readPaste('http {\n include conf.d/*.conf;\n}')
    assert.deepEqual(missing, [{ name: 'conf.d/*.conf', file: 'config', line: 2 }])
  })
})

describe('settingsOfPath', () => {
  const asked = { path: '/ws', host: 'app.example', port: 443, tls: true }
  const place = (text: string, question: object = asked) => settingsOfPath(text, question).answer?.place.line

  it('asks where nginx listens when something in front maps the port, and may end TLS', () => {
    const redirect = 'server { listen 80; return 301 https://$host$request_uri; }\n'
    const proxied = 'location / { proxy_pass http://a; }'
    assert.equal(place(`${redirect}server { listen 8443 ssl; ${proxied} }`), 2)
    assert.equal(
      place(`${redirect}server { listen 8080; ${proxied} }`, { ...asked, tls: false, port: 80 }),
      1,
    )
    const behind = settingsOfPath(
      `server { listen 8080; if ($scheme = https) { return 403; } ${proxied} }`,
      asked,
    )
    assert.equal(behind.answer?.kind, 'proxied')
  })

  it('takes the only place that WebSockets go through where no path is known', () => {
    const one = 'server { location /ws { proxy_pass http://a; } location / { root /srv; } }'
    assert.equal(settingsOfPath(one, {}).answer?.kind, 'proxied')
    const two = one.replace('location / {', 'location /live { proxy_pass http://b; } location / {')
    assert.equal(settingsOfPath(two, {}).answer, undefined)
    assert.equal(settingsOfPath('server { location / { root /srv; } }', {}).answer, undefined)
  })

  it('sees a condition on Origin, itself or through map and set, on the way of this path only', () => {
    const location = (text: string) => `location /ws { ${text} proxy_pass http://a; }`
    const checks = (text: string) => settingsOfPath(text, asked).checksOrigin
    assert.ok(checks(location('if ($http_origin != "https://a") { return 403; }')))
    assert.ok(checks(`map $http_origin $ok { default 0; }\n${location('if ($ok = 0) { return 403; }')}`))
    assert.ok(checks(location('set $bad "x$http_origin"; if ($bad ~ evil) { return 403; }')))
    assert.ok(!checks(location('add_header Access-Control-Allow-Origin $http_origin;')))
    assert.ok(!checks(`${location('')} location /api { if ($http_origin) { return 403; } }`))
  })

  it('reads any text without an exception', () => {
    const word = fc.constantFrom(
      ...['server', 'http', 'location', '/ws', '{', '}', ';', '\n', '...', 'include', 'a.conf', 'proxy_pass'],
      ...[
        'http://a',
        'proxy_set_header',
        'Upgrade',
        '$http_upgrade',
        'map',
        '$a',
        '$b',
        'if',
        '($a)',
        '~',
        '(a',
      ],
      ...[
        'listen',
        '443',
        'ssl',
        'proxy_read_timeout',
        '0',
        'x',
        'return',
        '301',
        '"',
        'try_files',
        '@a',
        'events',
      ],
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        settingsOfPath(words.join(' '), asked)
        settingsOfPath(words.join(' '), {})
      }),
    )
  })
})
