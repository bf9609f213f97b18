import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { run } from '#server/cli/lint.ts'
import { finish } from '#tests/server/cli/support/command.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/nginx/${name}`, import.meta.url))

const RIGHT = fixture('map-canonical/nginx.conf')
const BROKEN = fixture('inheritance-lost-server/nginx.conf')
const INVALID = fixture('proxy-pass-in-server/nginx.conf')

async function json(args: readonly string[]) {
  const { stdout, code } = await finish(run, ['--json', ...args])
  return { ...JSON.parse(stdout), code }
}

async function piped(text: string, args: readonly string[]) {
  let stdout = ''
  const code = await run([...args, '-'], {
    stdin: Readable.from([text]),
    stdout: { write: (piece: string) => (stdout += piece) },
    stderr: { write: (piece: string) => (stdout += piece) },
    signal: new AbortController().signal,
  })
  return { stdout, code }
}

describe('lint', () => {
  it('says what is wrong, where, what to write, and what holds for the path', async () => {
    const { code, stdout, stderr } = await finish(run, ['--path', '/ws', BROKEN])
    assert.match(stdout, /^nginx\.conf:17 {2}error {2}headers-not-inherited\n/)
    assert.match(stdout, /^ {7}\+ {13}proxy_set_header Upgrade \$http_upgrade;$/m)
    assert.match(stdout, /why1006 explain upgrade-headers-stripped/)
    assert.match(stdout, /^\/ws: nginx\.conf:15, to http:\/\/127\.0\.0\.1:3000, HTTP\/1\.1, does not pass/m)
    assert.deepEqual([code, stderr], [1, ''])
  })

  it('ends with 0 where nothing is worse than info', async () => {
    const { code, stdout } = await finish(run, [RIGHT])
    assert.match(stdout, /^No problems found\.$/m)
    assert.equal(code, 0)
  })

  it('looks at what another program’s configuration says of WebSockets', async () => {
    const text = 'defaults\n  mode http\n  timeout client 15s\n  timeout server 15s\n'
    const { code, stdout } = await piped(text, [])
    assert.match(stdout, /^stdin:3 {2}warning {2}tunnel-timeout-short\n.*after 15 s of silence/)
    assert.match(stdout, /^ {4}timeout tunnel 1h$/m)
    assert.match(stdout, /Read as a configuration of HAProxy/)
    assert.equal(code, 1)
    const { program, valid, findings } = JSON.parse((await piped(text, ['--json'])).stdout)
    assert.deepEqual([program, valid, findings.length], ['haproxy', true, 1])
    assert.match(findings[0].fix, /timeout tunnel/)
  })

  it('says that it has no rules for a program that it recognizes', async () => {
    const { code, stdout } = await piped('vcl 4.1;\nbackend b {\n  .host = "a";\n}\nsub vcl_recv {\n}\n', [])
    assert.match(stdout, /configuration of Varnish, and there are no rules for it/)
    assert.equal(code, 0)
  })

  it('refuses an empty file', async () => {
    const { code, stdout } = await piped('\n', [])
    assert.match(stdout, /-: the file is empty/)
    assert.equal(code, 2)
  })

  it('says what nginx would refuse, and ends with 1', async () => {
    const { code, stdout } = await finish(run, [INVALID])
    assert.match(stdout, /"proxy_pass" directive is not allowed here in conf\.d\/ws\.conf:3/)
    assert.equal(code, 1)
  })

  it('says so when it had to guess the path', async () => {
    const { stdout } = await finish(run, [fixture('php-front-controller/nginx.conf')])
    assert.match(stdout, /No location looks like a WebSocket; checked \/ws/)
    assert.match(stdout, /Not read: mime\.types/)
  })

  it('says so when nobody listens on the port', async () => {
    const { code, stdout } = await finish(run, ['--port', '8443', RIGHT])
    assert.match(stdout, /No server listens on port 8443/)
    assert.equal(code, 1)
  })

  it('judges a part of a configuration, and says of what', async () => {
    const part = fixture('timeout-in-include/conf.d/site.conf')
    const { stdout } = await finish(run, [part])
    assert.match(stdout, /^Read as part of http \{\}: /m)
    assert.doesNotMatch(stdout, /refuses/)
    const { read_as, valid } = await json([part])
    assert.deepEqual([read_as, valid], ['part of http {}', true])
    assert.equal((await json([RIGHT])).read_as, null)
  })

  it('refuses wrong usage with 2', async () => {
    const wrong = [
      [],
      ['a', 'b'],
      ['--nope', RIGHT],
      ['--path', 'ws', RIGHT],
      ['--port', '0', RIGHT],
      ['--port', 'x', RIGHT],
      ['--heartbeat', '-1', RIGHT],
      ['--nginx-version', 'new', RIGHT],
      ['/nowhere/nginx.conf'],
      [path.dirname(RIGHT)],
    ]
    for (const args of wrong) {
      const { code, stdout, stderr } = await finish(run, args)
      assert.deepEqual([code, stdout], [2, ''], args.join(' '))
      assert.notEqual(stderr, '')
    }
  })
})

describe('lint --json', () => {
  it('prints one object', async () => {
    const { valid, error, location, effective, findings, code } = await json(['--path', '/ws', BROKEN])
    assert.deepEqual({ valid, error, code }, { valid: true, error: null, code: 1 })
    assert.deepEqual(location, { file: 'nginx.conf', line: 15 })
    assert.deepEqual(effective, {
      proxied: true,
      upgrade: false,
      http_version: '1.1',
      read_timeout_seconds: 3600,
      host: '$proxy_host',
      forwarded_proto: false,
    })
    assert.deepEqual(Object.keys(findings[0]), [
      'rule',
      'severity',
      'file',
      'line',
      'says',
      'cause',
      'fix',
      'diff',
    ])
  })

  it('has the error, and no findings, where nginx would refuse', async () => {
    const { valid, error, location, effective, findings } = await json([INVALID])
    assert.deepEqual(
      { valid, location, effective, findings },
      { valid: false, location: null, effective: null, findings: [] },
    )
    assert.deepEqual(error, {
      message: '"proxy_pass" directive is not allowed here',
      file: 'conf.d/ws.conf',
      line: 3,
    })
  })

  it('weighs the timeout against the heartbeat', async () => {
    const rulesFor = async (seconds: string) => {
      const { findings } = await json(['--heartbeat', seconds, fixture('heartbeat-saves-60/nginx.conf')])
      return findings.map(({ rule }: { rule: string }) => rule)
    }
    assert.ok(!(await rulesFor('25')).includes('read-timeout-short'))
    assert.ok((await rulesFor('45')).includes('read-timeout-short'))
  })

  it('knows the default version of HTTP since 1.29.7', async () => {
    const file = fixture('http11-in-other-location/nginx.conf')
    const versionFor = async (version: string) =>
      (await json(['--path', '/ws', '--nginx-version', version, file])).effective.http_version
    assert.deepEqual([await versionFor('1.29.6'), await versionFor('1.29.7')], ['1.0', '1.1'])
  })
})

const hasPipes = { skip: process.platform === 'win32' }

describe('what a configuration includes from elsewhere', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lint-'))
  })
  after(() => rm(folder, { recursive: true }))

  const including = async (name: string, within = 'http') => {
    const main = path.join(folder, 'nginx.conf')
    await writeFile(main, `events {}\n${within} {\n  include ${name};\n}\n`)
    return finish(run, [main])
  }

  const kernels = [
    '/proc/self/environ',
    '/proc/self/../self/pagemap',
    '/proc/kmsg',
    '/dev/zero',
    '/sys/*/*/*/*/*/*/*',
  ]
  for (const name of kernels.filter(() => process.platform === 'linux')) {
    it(`reads nothing of ${name}`, async () => {
      const link = path.join(folder, 'link.conf')
      await rm(link, { force: true })
      if (!name.includes('*')) await symlink(name, link)
      for (const place of name.includes('*') ? [name] : [name, link]) {
        const { stdout, stderr } = await including(place)
        assert.doesNotMatch(stdout, /refuses/, stdout)
        assert.equal(stderr, '')
      }
    })
  }

  it('does not wait for a pipe', hasPipes, async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    assert.match((await including(pipe)).stdout, /Not read: .*pipe/)
  })

  it('reads no more than 1 MiB of a file', async () => {
    const large = path.join(folder, 'large.conf')
    await writeFile(large, '# a comment\n'.repeat(100_000))
    assert.match(
      (await including(large)).stdout,
      /large\.conf" is larger than 1 MiB|"…" is larger than 1 MiB/,
    )
  })

  it('reads a regular file wherever it is', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'letsencrypt-'))
    const options = path.join(elsewhere, 'options.conf')
    await writeFile(options, 'server { location /ws { proxy_pass http://127.0.0.1:3000; } }\n')
    assert.match((await including(options)).stdout, /headers-not-sent|upgrade/i)
    await rm(elsewhere, { recursive: true })
  })

  const secrets = {
    'an environment': 'SECRET_TOKEN=hunter2 LS_COLORS=di=01;34:ln=01',
    'a file of settings': 'PASSWORD=hunter2;\nUSER=x;\n',
    'a table of users': 'root:hunter2:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n',
    'a private key': `-----BEGIN KEY-----\nhunter2;${'x'.repeat(5000)};\n`,
    'a document': '{"password":"hunter2","more":[1,2]}',
  }
  for (const [what, text] of Object.entries(secrets)) {
    it(`quotes nothing of ${what}`, async () => {
      const secret = path.join(folder, 'secret')
      await writeFile(secret, text)
      for (const within of ['http', 'http { server', 'http { upstream a']) {
        const main = path.join(folder, 'nginx.conf')
        await writeFile(
          main,
          `events {}\n${within} {\n include secret;\n}${within.includes('{ ') ? '}' : ''}\n`,
        )
        for (const args of [[main], ['--json', main], [secret]]) {
          const { stdout, stderr } = await finish(run, args)
          assert.doesNotMatch(stdout + stderr, /hunter2|SECRET|PASSWORD/)
        }
      }
    })
  }

  it('quotes at most 80 characters of a word', async () => {
    const main = path.join(folder, 'nginx.conf')
    for (const word of ['w'.repeat(4000), 'a"b'.repeat(1000)]) {
      await writeFile(main, `events {}\nhttp {\n ${word} on;\n}\n`)
      const { stdout } = await finish(run, [main])
      assert.match(stdout, /unknown directive/)
      assert.ok(stdout.length < 400, stdout)
    }
  })
})

describe('what lint is given', () => {
  for (const name of ['/dev/zero', '/proc/kmsg', '/proc/self/environ'].filter(
    () => process.platform === 'linux',
  )) {
    it(`is not ${name}`, async () => {
      const { code, stdout, stderr } = await finish(run, [name])
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, /device or a file of the kernel/)
    })
  }

  it('may be a pipe, such as the shell makes of <(nginx -T)', hasPipes, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lint-'))
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const result = finish(run, [pipe])
    await writeFile(
      pipe,
      'events {}\nhttp { server { location /ws { proxy_pass http://127.0.0.1:3000; } } }\n',
    )
    assert.match((await result).stdout, /upgrade-headers|headers/)
    await rm(folder, { recursive: true })
  })
})

const hasPatch = spawnSync('patch', ['--version']).status === 0

describe('where lint finds files', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lint-'))
    await mkdir(path.join(folder, 'elsewhere'))
    await mkdir(path.join(folder, 'conf.d'))
    await writeFile(path.join(folder, 'elsewhere/main.conf'), 'events {}\nhttp { include conf.d/*.conf; }\n')
    await writeFile(path.join(folder, 'conf.d/a.conf'), 'server { location /ws { return 404; } }\n')
  })
  after(() => rm(folder, { recursive: true }))

  it('looks for includes below --root', async () => {
    const main = path.join(folder, 'elsewhere/main.conf')
    assert.equal((await json(['--path', '/ws', main])).location, null)
    const { location } = await json(['--path', '/ws', '--root', folder, main])
    assert.deepEqual(location, { file: 'conf.d/a.conf', line: 1 })
  })

  it('names them in a patch as patch -p0 finds them from here, or -d / from anywhere', async (t) => {
    const site = path.join(folder, 'project/nginx/conf.d/my site.conf')
    await mkdir(path.dirname(site), { recursive: true })
    const main = path.join(folder, 'project/nginx/nginx.conf')
    await writeFile(main, 'events {}\nhttp {\n    proxy_read_timeout 5s;\n    include conf.d/*.conf;\n}\n')
    await writeFile(
      site,
      'server {\n    listen 80;\n    location /ws {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
    )
    const before = process.cwd()
    t.after(() => process.chdir(before))
    const named = (patch: string) => [...patch.matchAll(/^\+\+\+ (.*)\t$/gm)].map(([, name]) => name)
    const order = ['--patch', '--path', '/ws']
    const { stdout: elsewhere } = await finish(run, [...order, main])
    assert.deepEqual(named(elsewhere), [site])
    for (const [from, given, expected] of [
      ['project', 'nginx/nginx.conf', 'nginx/conf.d/my site.conf'],
      ['project', main, 'nginx/conf.d/my site.conf'],
      ['project/nginx', 'nginx.conf', 'conf.d/my site.conf'],
      ['project/nginx/conf.d', '../nginx.conf', site],
      ['project', 'nginx/conf.d/my site.conf', 'nginx/conf.d/my site.conf'],
    ] as const) {
      process.chdir(path.join(folder, from))
      assert.deepEqual(named((await finish(run, [...order, given])).stdout), [expected], `${from} ${given}`)
    }
    process.chdir(path.join(folder, 'project'))
    const { stdout } = await finish(run, [...order, 'nginx/nginx.conf'])
    if (!hasPatch) return t.diagnostic('No patch on this machine: only the names are looked at.')
    execFileSync('patch', ['-p0'], { input: stdout })
    assert.equal((await finish(run, [...order, 'nginx/nginx.conf'])).stdout, '')
    execFileSync('patch', ['-R', '-d', '/', '-p0'], { input: elsewhere })
    assert.equal((await finish(run, [...order, 'nginx/nginx.conf'])).stdout, stdout)
  })

  it('reads standard input', async () => {
    const text = 'events {}\nhttp { server {\n listen 80\n} }\n'
    const { stdout, code } = await piped(text, [])
    assert.match(stdout, /unexpected "}" in stdin:4/)
    assert.equal(code, 1)
  })

  it('takes what nginx -T writes as a set of files, with their lines', async () => {
    const dump = [
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok',
      '# configuration file /etc/nginx/nginx.conf:',
      'events {}',
      'http { include /etc/nginx/sites-enabled/*; }',
      '',
      '# configuration file /etc/nginx/sites-enabled/app:',
      '',
      'server { location /ws { proxy_pass http://127.0.0.1:3000; } }',
      '',
    ].join('\n')
    const { stdout } = await piped(dump, ['--json'])
    assert.deepEqual(JSON.parse(stdout).location, { file: 'sites-enabled/app', line: 2 })
  })
})
