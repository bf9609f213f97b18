/** Configurations as they come out of mails, terminals, diffs, panels and forums. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LintOptions, lint } from '#lib/configs/nginx/lint.ts'
import { headingOf } from '#lib/configs/nginx/syntax/dump.ts'
import { Lines } from '#lib/intake/lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

const judge = (text: string, options: LintOptions = {}) =>
  lint('paste', filesReader({ paste: text }), { isCut: true, path: '/ws', ...options })
const alarms = (text: string, options?: LintOptions) =>
  judge(text, options).findings.flatMap(({ severity, rule, file, line }) =>
    severity === 'info' ? [] : `${severity} ${rule} ${file}:${line}`,
  )
const bare = (text: string) => {
  const lines = withoutMargins(Lines.of(text))
  return lines.join(0, lines.length)
}

const UPGRADE = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
const REST =
  'proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_read_timeout 1h;'

describe('lines that were left out', () => {
  const location = (inside: string) =>
    `server {\nlisten 80;\nlocation /ws {\nproxy_pass http://a;\n${inside}\n${REST}\n}\n}`

  for (const mark of [
    '...',
    '[...]',
    '… more headers …',
    '<snip>',
    '(same as above)',
    '-- snip --',
    '// etc',
  ]) {
    it(`may hold what is missing: ${mark}`, () => {
      const [first = '', ...others] = alarms(location(mark))
      assert.deepEqual([first, others], ['warning upgrade-header-missing paste:3', []])
      assert.match(judge(location(mark)).findings[0]?.says ?? '', /^Unless what was left out in line 5 says/)
      assert.deepEqual(alarms(location(`${mark}\n${UPGRADE}`)), [])
    })
  }

  it('may hold a location for the path, but none before an exact one', () => {
    const server = (location: string) => `server {\nlisten 80;\n...\n${location}\n}`
    assert.deepEqual(alarms(server('location / { root /srv; }')), ['warning path-not-proxied paste:4'])
    assert.deepEqual(alarms(server('location = /ws { return 404; }')), ['error path-not-proxied paste:4'])
  })

  it('may hold the answer of a location that has none', () => {
    const text = 'server {\nlisten 80;\nlocation /ws {\n...\n}\n}'
    assert.deepEqual(alarms(text), [])
    assert.match(judge(text).left[0]?.because ?? '', /line 4 may pass it on/)
  })
})

describe('files one below the other', () => {
  const site = `server {\nlisten 80;\nlocation /ws {\ninclude snippets/proxy.conf;\nproxy_pass http://a;\n}\n}`

  it('include each other by their headings, and lines count from each', () => {
    const text = `# /etc/nginx/snippets/proxy.conf\n${REST}\n\n# /etc/nginx/sites-enabled/app\n${site}`
    assert.deepEqual(alarms(text), ['error upgrade-header-missing /etc/nginx/sites-enabled/app:3'])
    assert.deepEqual(alarms(text.replace(REST, `${REST} ${UPGRADE}`)), [])
  })

  it('belong to one main file, wherever it stands', () => {
    const main = 'events {}\nhttp {\ninclude sites-enabled/*;\n}'
    const text = `==> sites-enabled/app.conf <==\n${site}\n==> /etc/nginx/nginx.conf <==\n${main}\n==> snippets/proxy.conf <==\n${REST} ${UPGRADE}\n`
    assert.deepEqual(judge(text).impliedBlocks, [])
    assert.deepEqual(alarms(text), [])
  })

  it('are named as people do', () => {
    const names: Record<string, string | undefined> = {
      '# /etc/nginx/nginx.conf': '/etc/nginx/nginx.conf',
      '==> conf.d/a.conf <==': 'conf.d/a.conf',
      'File: /etc/nginx/sites-enabled/default': '/etc/nginx/sites-enabled/default',
      '**nginx.conf**': 'nginx.conf',
      '`/etc/nginx/conf.d/default.conf`:': '/etc/nginx/conf.d/default.conf',
      '# managed by Certbot': undefined,
      '# see nginx.conf': undefined,
      'include nginx.conf;': undefined,
    }
    for (const [line, name] of Object.entries(names)) assert.equal(headingOf(line), name, line)
  })
})

describe('margins of a copy', () => {
  const plain = 'server {\n  listen 80;\n  location /ws { proxy_pass http://a; }\n}'
  const lines = plain.split('\n')

  it('are taken off: replies, numbers, diffs', () => {
    assert.equal(bare(lines.map((line) => `> ${line}`).join('\n')), plain)
    assert.equal(bare(lines.map((line, at) => `${String(at + 7).padStart(6)}\t${line}`).join('\n')), plain)
    assert.equal(bare(lines.map((line, at) => `   ${at + 1} │ ${line}`).join('\n')), plain)
    const diff = `@@ -1,4 +1,4 @@\n ${lines[0]}\n-  listen 8080;\n+${lines[1]}\n ${lines[2]}\n ${lines[3]}`
    assert.equal(bare(diff), `\n${lines[0]}\n\n${lines.slice(1).join('\n')}`)
  })

  it('are taken off a here-document: its backslashes', () => {
    assert.equal(
      bare('proxy_set_header Host \\$host;\nproxy_pass $URL;'),
      'proxy_set_header Host $host;\nproxy_pass $URL;',
    )
  })

  it('are none where nothing is a configuration', () => {
    for (const text of ['> hello\n> you\n> there', '1 a\n2 b\n3 c', 'echo \\$HOME', plain])
      assert.equal(bare(text), text)
  })
})

describe('templates of panels', () => {
  const TEMPLATES: Record<string, string> = {
    hestia: 'listen %ip%:%proxy_port%;\nserver_name %domain_idn%;',
    directadmin: '|LISTEN_LINE|\nlisten |IP|:80;\nserver_name |DOMAIN|;',
    yunohost: 'server_name __DOMAIN__;',
    ispconfig:
      "listen <tmpl_var name='ip'>:80;\n<tmpl_if name='ssl_enabled'>\nlisten <tmpl_var name='ip'>:443 ssl;\n</tmpl_if>",
    autoconf: 'listen @PORT@;\n{# a comment of Jinja #}',
  }
  for (const [name, head] of Object.entries(TEMPLATES)) {
    it(`are read: ${name}`, () => {
      const text = `server {\n${head}\nlocation /ws {\nproxy_pass http://a;\n${REST}\n${UPGRADE}\n}\n}`
      assert.equal(judge(text).error, undefined)
      assert.deepEqual(alarms(text), [])
      assert.match(
        alarms(text.replace('Upgrade $http_upgrade', 'X-Other 1')).join(),
        /^error upgrade-header-missing/,
      )
    })
  }

  it('are no alternatives of an expression', () => {
    const text = `server {\nlisten 80;\nlocation ~ \\.(JPG|PNG|GIF)$ { root /srv; }\nlocation /ws {\nproxy_pass http://a;\n${REST}\n${UPGRADE}\n}\n}`
    assert.deepEqual(judge(text).placeholders, [])
  })
})

describe('without a host', () => {
  const catchAll = 'server { listen 80 default_server; return 444; }\n'
  const app = (listen: string) =>
    `server { listen ${listen}; server_name a.example; location / { proxy_pass http://a; ${REST} } }`

  it('the server that passes the path on is meant, and not the one that catches the rest', () => {
    assert.deepEqual(alarms(catchAll + app('80')), ['error upgrade-header-missing paste:2'])
    assert.deepEqual(alarms(catchAll + app('443 ssl')), ['error upgrade-header-missing paste:2'])
    assert.deepEqual(alarms(catchAll + app('443 ssl'), { port: 80 }), ['error path-not-proxied paste:1'])
  })
})
