/** Fixes as changes to the reader's own text; the real nginx takes them (tests/parity/more). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fixAll } from '#lib/configs/nginx/fix-all.ts'
import { type LintOptions, lint } from '#lib/configs/nginx/lint.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

const judge = (files: Record<string, string>, options: LintOptions = {}) =>
  lint('nginx.conf', filesReader(files), { path: '/ws', withFixedFiles: true, ...options })
const fixOf = (files: Record<string, string>, rule: string, options?: LintOptions) => {
  const found = judge(files, options).findings.find((finding) => finding.rule === rule)
  assert.ok(found, rule)
  return found
}
const server = (inside: string, http = '') => `events {}
http {
${http}    server {
        listen 80;
${inside}
    }
}
`
const changed = (text: string, rule: string, options?: LintOptions) =>
  (fixOf({ 'nginx.conf': text }, rule, options).diff ?? '')
    .split('\n')
    .slice(2)
    .filter((line) => /^[+-]/.test(line))

const REST = 'proxy_pass http://127.0.0.1:3000;\n            proxy_http_version 1.1;'

describe('a fix', () => {
  it('writes again what a first header of the location would drop, as it was quoted', () => {
    const text = server(
      `        proxy_set_header Accept-Encoding "";\n        proxy_set_header X-Note 'a "b" c';\n        location /ws {\n            ${REST}\n        }`,
    )
    assert.deepEqual(changed(text, 'upgrade-header-missing'), [
      '+            proxy_set_header Accept-Encoding "";',
      '+            proxy_set_header X-Note "a \\"b\\" c";',
      '+            proxy_set_header Upgrade $http_upgrade;',
      '+            proxy_set_header Connection "upgrade";',
    ])
  })

  it('stands beside the headers of the location, and takes the map that is there', () => {
    const map = '    map $http_upgrade $conn {\n        default upgrade;\n        "" close;\n    }\n'
    const text = server(
      `        location /ws {\n            ${REST}\n            proxy_set_header Host $host;\n        }`,
      map,
    )
    assert.deepEqual(changed(text, 'upgrade-header-missing'), [
      '+            proxy_set_header Upgrade $http_upgrade;',
      '+            proxy_set_header Connection $conn;',
    ])
  })

  it('replaces a line that is wrong, and takes the second one away', () => {
    const text = server(
      `        location /ws {\n            ${REST}\n            proxy_set_header Upgrade $http_upgrade; # one\n            proxy_set_header Upgrade websocket; # two\n            proxy_set_header Connection "upgrade";\n        }`,
    )
    assert.deepEqual(changed(text, 'upgrade-header-missing'), [
      '-            proxy_set_header Upgrade websocket; # two',
    ])
  })

  it('is whole where a block is on one line', () => {
    const text = server('        location /ws { proxy_pass http://a; }')
    assert.deepEqual(changed(text, 'upgrade-header-missing'), [
      '-        location /ws { proxy_pass http://a; }',
      '+        location /ws { proxy_pass http://a;',
      '+            proxy_http_version 1.1;',
      '+            proxy_set_header Upgrade $http_upgrade;',
      '+            proxy_set_header Connection "upgrade";',
      '+        }',
    ])
  })

  it('is indented as its surroundings, with tabs, on one line, and with Windows line ends', () => {
    const tabs = server('\t\tlocation /ws {\n\t\t\tproxy_pass http://a;\n\t\t}')
    assert.ok(changed(tabs, 'http-version').includes('+\t\t\tproxy_http_version 1.1;'))
    const line = server('        location /ws { proxy_pass http://a; }')
    assert.deepEqual(changed(line, 'http-version'), [
      '-        location /ws { proxy_pass http://a; }',
      '+        location /ws { proxy_pass http://a;',
      '+            proxy_http_version 1.1;',
      '+        }',
    ])
    const dos = tabs.replaceAll('\n', '\r\n')
    const { fixed } = fixOf({ 'nginx.conf': dos }, 'http-version')
    assert.doesNotMatch(fixed?.['nginx.conf'] ?? '', /[^\r]\n/)
  })

  it('changes the file that has the block, and adds a map before the first server', () => {
    const files = {
      'nginx.conf': 'events {}\nhttp {\n    include site.conf;\n}\n',
      'site.conf': `server {\n    listen 80;\n    location / {\n        ${REST}\n        proxy_set_header Upgrade $http_upgrade;\n        proxy_set_header Connection "upgrade";\n    }\n}\n`,
    }
    const { diff, fixed } = fixOf(files, 'connection-literal')
    assert.match(diff ?? '', /^--- site\.conf\n/)
    assert.match(
      fixed?.['site.conf'] ?? '',
      /^map \$http_upgrade \$connection_upgrade \{\n {4}default upgrade;/,
    )
  })

  it('puts a location where one of an expression takes the path, and no second one of a name', () => {
    const text = server('        location ~ ^/w { root /srv; }')
    assert.ok(changed(text, 'path-not-proxied').some((line) => line.includes('location ^~ /ws {')))
    const decoded = fixOf({ 'nginx.conf': text }, 'path-not-proxied', { path: '/a%20b?x=1' })
    assert.match(decoded.fix, /^location "\/a b" \{/)
    const handed = server(
      '        location /ws { try_files $uri /index.html; }\n        location / { return 404; }',
    )
    assert.equal(fixOf({ 'nginx.conf': handed }, 'path-not-proxied').diff, undefined)
  })

  it('moves an expression, or makes a prefix final', () => {
    const regex = server(
      `        location ~ /w { return 404; }\n        location ~ /ws {\n            ${REST}\n        }`,
    )
    assert.match(
      fixOf({ 'nginx.conf': regex }, 'path-shadowed').fixed?.['nginx.conf'] ?? '',
      /~ \/ws \{[\s\S]*~ \/w \{/,
    )
    const prefix = server(
      `        location ~ /w { return 404; }\n        location /ws {\n            ${REST}\n        }`,
    )
    assert.deepEqual(changed(prefix, 'path-shadowed'), [
      '-        location /ws {',
      '+        location ^~ /ws {',
    ])
  })

  it('copies a location for the path without its slash', () => {
    const text = server(`        location /ws/ {\n            ${REST}\n        }`)
    assert.deepEqual(changed(text, 'redirect').slice(0, 1), ['+        location = /ws {'])
  })

  it('is given with another quoting of a name, and of a path with a brace in it', () => {
    const text = server('        location / { root /srv; }')
    const { fixed } = fixOf({ 'nginx.conf': text }, 'path-not-proxied', { path: '/a%7Bb%22;c' })
    const again = lint('nginx.conf', filesReader({ 'nginx.conf': fixed?.['nginx.conf'] ?? '' }), {
      path: '/a%7Bb%22;c',
    })
    assert.equal(again.error, undefined)
    assert.equal(again.judged?.effective?.upgrade, true)
  })
})

describe('the Host that is written', () => {
  const config = (listen: string) => `events {}
http {
    server {
        ${listen}
        location /ws {
            ${REST}
        }
    }
}
`
  const hostOf = (listen: string, options?: LintOptions) =>
    fixOf({ 'nginx.conf': config(listen) }, 'host-not-forwarded', options).fix

  it('has the port that a browser puts into the Origin', () => {
    const withPort = 'proxy_set_header Host $http_host;'
    for (const listen of ['listen 8080;', 'listen 80; listen 8443;'])
      assert.equal(hostOf(listen), withPort, listen)
    assert.equal(hostOf('listen 80;', { port: 80 }), 'proxy_set_header Host $host;')
    assert.equal(hostOf('listen 80; listen 8080;', { port: 8080 }), withPort)
    // Nobody wrote the server around it.
    const alone = `location /ws {\n    ${REST}\n}\n`
    assert.equal(fixOf({ 'nginx.conf': alone }, 'host-not-forwarded').fix, withPort)
  })

  it('has none where every port is one that a browser leaves out', () => {
    for (const listen of ['', 'listen 80;', 'listen 80; listen 443;', 'listen [::]:443;'])
      assert.equal(hostOf(listen), 'proxy_set_header Host $host;', listen)
  })

  it('is the one that the rule for $host on another port lets be', () => {
    for (const listen of ['listen 8080;', 'listen 80;', 'listen 80; listen 8080;']) {
      for (const port of [undefined, 80, 8080]) {
        const options = { path: '/ws', ...(port !== undefined && { port }) }
        const { files } = fixAll('nginx.conf', filesReader({ 'nginx.conf': config(listen) }), options)
        const rules = lint('nginx.conf', filesReader({ 'nginx.conf': config(listen), ...files }), options)
        assert.ok(!rules.findings.some(({ rule }) => /^host-/.test(rule)), `${listen} ${port}`)
      }
    }
  })

  it('has it in a location that is written anew, too', () => {
    const text = config('listen 8080;').replace('/ws', '/other')
    assert.match(fixOf({ 'nginx.conf': text }, 'path-not-proxied').fix ?? '', /Host \$http_host;/)
  })
})

describe('all fixes', () => {
  const text = server(
    '        proxy_set_header Accept-Encoding "";\n        location /ws {\n            proxy_pass http://127.0.0.1:3000;\n        }',
  )

  it('see one another', () => {
    const { files, left, diff } = fixAll('nginx.conf', filesReader({ 'nginx.conf': text }), { path: '/ws' })
    assert.deepEqual(left, [])
    const fixed = files['nginx.conf'] ?? ''
    assert.equal(fixed.split('proxy_set_header Accept-Encoding "";').length, 3)
    assert.deepEqual(
      (diff ?? '').split('\n').filter((line) => line.startsWith('-')),
      ['--- nginx.conf'],
    )
  })

  it('leave what somebody has to decide', () => {
    const denied = server(`        location /ws {\n            deny all;\n            ${REST}\n        }`)
    const { left } = fixAll('nginx.conf', filesReader({ 'nginx.conf': denied }), { path: '/ws' })
    assert.deepEqual(
      left.map(({ rule, cause }) => [rule, cause]),
      [['path-not-proxied', 'forbidden']],
    )
  })
})
