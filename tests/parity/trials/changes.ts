/** Each change of the playbook, given to the program that it is for: as the articles show it, and with hostile evidence. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { WebSocketServer } from 'ws'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { type Change, type TriedProgram, triedPrograms } from '#lib/text/fix.ts'
import { variables } from '#server/config/config.ts'
import { hostileEvidence } from '#tests/unit/playbook/hostile-evidence.ts'

type Trial = { id: string; change: Change }
type Try = (text: string, change: Change, folder: string) => void

const general: Evidence = parseEvidence({})
/** A fix that few see has other changes than the general one. */
const withoutHttp1: Evidence = parseEvidence({
  probe: { tls: { outcome: 'error', code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' } },
})

/** Changes for one program, each text once. */
function trialsOf(program: TriedProgram): Trial[] {
  const all = [general, withoutHttp1, ...hostileEvidence]
    .map(readFacts)
    .flatMap((facts) =>
      catalogue.flatMap(({ id, fix }) => fix(facts).changes.map((change) => ({ id, change }))),
    )
  const texts = new Set<string>()
  return all.filter(({ change }) => {
    const isNew = change.program === program && !texts.has(change.text)
    texts.add(change.text)
    return isNew
  })
}

/** What a reader puts in place of stand-ins; names in code stay names. */
const values: readonly (readonly [RegExp, string])[] = [
  [/\bYOUR_(?:\w*INSTANCE|BACKEND)\b/g, '127.0.0.1:9'],
  [/\bYOUR_HOST\b/g, '127.0.0.1'],
  [/\bYOUR_PORT\b/g, '9'],
  [/\bYOUR_ZONE\b/g, 'handshakes'],
  [/\bYOUR_CLIENT_NETWORK\b/g, '127.0.0.0/8'],
  [/\bYOUR_(?:BURST|CONNECTIONS|SECONDS)\b/g, '60'],
]

const withValues = (text: string): string =>
  values.reduce((filled, [standIn, value]) => filled.replaceAll(standIn, value), text)

const tls = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname
const accepted = (program: string, args: readonly string[]): void => {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 })
  assert.equal(status, 0, `${program}: ${stderr}${stdout}`)
}
const written = (folder: string, name: string, text: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const nginx: Try = (text, { context }, folder) => {
  const change = withValues(text).replace(/YOUR_FULL_CHAIN/, tls('good.pem'))
  const at = (place: Change['context']): string => (place === context ? change : '')
  const passes = /^\s*proxy_pass /m.test(change) ? '' : 'proxy_pass http://127.0.0.1:9; '
  const location = at('location') && `location /ws { ${passes}${change}\n }`
  const certificate = change.includes('ssl_certificate ') ? '' : `ssl_certificate ${tls('good.pem')};`
  const server = `listen 127.0.0.1:1 ssl; ${certificate} ssl_certificate_key ${tls('good.key')};
    ssl_client_certificate ${tls('ca.pem')}; ${at('server')}\n ${location}`
  const config = `${at('main')}\n pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
     http { access_log off; limit_req_zone $binary_remote_addr zone=handshakes:1m rate=10r/s; ${at('http')}
 server { ${server} } }`
  assert.ok(config.includes(change), 'the change is part of what nginx is given')
  const file = written(folder, 'nginx.conf', config)
  accepted('/usr/sbin/nginx', ['-t', '-q', '-e', `${folder}/error.log`, '-c', file])
}

const haproxy: Try = (text, { context }, folder) => {
  const both = readFileSync(tls('good.pem'), 'utf8') + readFileSync(tls('good.key'), 'utf8')
  const pem = written(folder, 'both.pem', both)
  const change = withValues(text).replace(/YOUR_CERTIFICATE/, pem)
  const at = (place: Change['context']): string => (place === context ? change : '')
  const bind = at('frontend') || `bind 127.0.0.1:1 ${at('bind') && `ssl crt ${pem} ${change}`}`
  const config = `global\n ${at('global')}\ndefaults\n mode http\n timeout connect 2s\n timeout client 30s
 timeout server 30s\n ${at('defaults')}\nfrontend f\n ${bind}\n default_backend b\nbackend b\n ${at('backend')}\n server s 127.0.0.1:9\n`
  assert.ok(config.includes(change), 'the change is part of what HAProxy is given')
  accepted('/usr/sbin/haproxy', ['-c', '-q', '-f', written(folder, 'haproxy.cfg', config)])
}

const apache: Try = (text, _, folder) => {
  const modules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http']
  const config = `ServerRoot /etc/apache2\nServerName app.example\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log
Listen 127.0.0.1:1\n${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
<VirtualHost *:1>\n${withValues(text)}\n</VirtualHost>\n`
  accepted('/usr/sbin/apache2', ['-t', '-f', written(folder, 'apache.conf', config)])
}

const varnish: Try = (text, _, folder) => {
  const file = written(
    folder,
    'default.vcl',
    `vcl 4.1;\nbackend default { .host = "127.0.0.1"; .port = "9"; }\n${text}\n`,
  )
  // It reads as a user of its own.
  chmodSync(folder, 0o755)
  accepted('/usr/sbin/varnishd', ['-C', '-f', file, '-n', path.join(folder, 'varnish')])
}

const squid: Try = (text, _, folder) => {
  const config = `http_port 127.0.0.1:1 accel defaultsite=127.0.0.1\ncache_peer 127.0.0.1 parent 9 0 no-query originserver
access_log none\ncache_log ${folder}/cache.log\npid_filename none\ncoredump_dir ${folder}\n${text}\n`
  accepted('/usr/sbin/squid', ['-k', 'parse', '-f', written(folder, 'squid.conf', config)])
}

const lighttpd: Try = (text, _, folder) => {
  const config = `server.modules = ( "mod_proxy" )\nserver.document-root = "${folder}"\nserver.port = 1
proxy.server = ( "" => (( "host" => "127.0.0.1", "port" => 9 )) )\n${text}\n`
  accepted('/usr/sbin/lighttpd', ['-tt', '-f', written(folder, 'lighttpd.conf', config)])
}

const h2o: Try = (text, _, folder) => {
  const config = `user: nobody\nlisten: { host: 127.0.0.1, port: 1 }\nhosts:\n  default:\n    paths:\n      /:
        proxy.reverse.url: http://127.0.0.1:9/\n        ${text}\n`
  accepted('/usr/bin/h2o', ['-t', '-c', written(folder, 'h2o.conf', config)])
}

const script: Try = (text, { where }, folder) => {
  if (text.startsWith('import '))
    accepted(process.execPath, ['--check', written(folder, 'snippet.mjs', text)])
  else assert.doesNotThrow(() => new Function(text))
  if (!/^new WebSocketServer/.test(text)) return
  const server = createServer()
  const standIns = { YOUR_LARGEST_MESSAGE: 1024 }
  const made: unknown = new Function('WebSocketServer', 'server', ...Object.keys(standIns), `return ${text}`)(
    WebSocketServer,
    server,
    ...Object.values(standIns),
  )
  assert.ok(made instanceof WebSocketServer, where)
  made.close()
}

const policy = /^connect-src( ('self'|wss?:\/\/[\w.:[\]-]+))+$/
const page: Try = (text, change, folder) =>
  text.startsWith('connect-src') ? assert.match(text, policy) : script(text, change, folder)

/** Nothing that stands in the evidence may run; what a command prints is the reader's to see. */
const shell: Try = (text, _, folder) => {
  execFileSync('bash', ['-n', '-c', text])
  const here = withValues(text)
    .replaceAll('app.example', '127.0.0.1')
    .replace(/-m 10|-w [35]|-c 5/, (flag) => `${flag.slice(0, 3)}1`)
  const box = mkdtempSync(path.join(folder, 'box-'))
  const { status, stderr } = spawnSync('bash', ['-c', here], {
    cwd: box,
    encoding: 'utf8',
    timeout: 20_000,
  })
  assert.deepEqual(readdirSync(box), [], 'a part of the evidence ran')
  // 127: not found, which is no fault of the command on a machine without it.
  if (status === 127) assert.match(stderr, /command not found|No such file/)
  else
    assert.doesNotMatch(
      stderr,
      /usage:|invalid option|unknown option|unrecognized|syntax error|command not found/i,
    )
}

const python = ['/usr/bin/python3', 'python3'].find(
  (program) => spawnSync(program, ['-c', 'import websockets']).status === 0,
)
const serving = `
import asyncio, sys, websockets
YOUR_HOST, YOUR_PORT = '127.0.0.1', 0
YOUR_SECONDS, YOUR_LARGEST_MESSAGE = 60, 1024
async def main():
    async def handler(*_): pass
    serve = websockets.serve
    async with eval(sys.argv[1]): print('served')
asyncio.run(main())`
const pythonServer: Try = (text) => {
  assert.ok(python)
  if (text.startsWith('serve(')) {
    assert.match(execFileSync(python, ['-c', serving, text], { encoding: 'utf8' }), /served/)
  } else {
    execFileSync(python, [
      '-c',
      'import ast, sys; compile(sys.argv[1], "x", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)',
      text,
    ])
  }
}

const thisServer: Try = (text) => {
  for (const line of text.split('\n')) assert.ok(variables.includes(line.split('=', 1)[0] ?? ''), line)
}

const without = (file: string): string | false => !existsSync(file) && `${file} is not installed`
const programs: Record<TriedProgram, { attempt: Try; missing: string | false }> = {
  nginx: { attempt: nginx, missing: without('/usr/sbin/nginx') },
  haproxy: { attempt: haproxy, missing: without('/usr/sbin/haproxy') },
  apache: { attempt: apache, missing: without('/usr/sbin/apache2') },
  varnish: { attempt: varnish, missing: without('/usr/sbin/varnishd') },
  squid: { attempt: squid, missing: without('/usr/sbin/squid') },
  lighttpd: { attempt: lighttpd, missing: without('/usr/sbin/lighttpd') },
  h2o: { attempt: h2o, missing: without('/usr/bin/h2o') },
  node: { attempt: script, missing: false },
  browser: { attempt: page, missing: false },
  python: { attempt: pythonServer, missing: python === undefined && 'python3-websockets is not installed' },
  shell: { attempt: shell, missing: without('/bin/bash') },
  'this-server': { attempt: thisServer, missing: false },
}

export function testChanges(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-changes-'))
  after(() => rmSync(folder, { recursive: true }))
  for (const program of triedPrograms) {
    const { attempt, missing } = programs[program]
    test(`${program} takes every change`, { skip: missing }, () => {
      const trials = trialsOf(program)
      assert.ok(trials.length > 0)
      for (const { id, change } of trials) {
        try {
          attempt(change.text, change, folder)
        } catch (error) {
          assert.fail(`${id}, ${change.where}: ${change.text}\n${String(error)}`)
        }
      }
    })
  }
}
