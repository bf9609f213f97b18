/**
 * The commands that run on Debian, run against a real server: as pasted, but for sudo. What is not installed is
 * left out with a reason.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { commandsFor } from '#lib/checklist/commands.ts'
import { installedProxies } from '#server/lab/real-proxy/installed.ts'
import { logJournal } from '#server/log/log.ts'
import { onStage } from '#tests/parity/support/stage.ts'
import { has, isRoot, pasted, untilSaid, withoutSudo } from '#tests/parity/trials/shell.ts'
import { tlsServer } from '#tests/server/probe/support/tls-server.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

function textOf(id: string, url: string): string {
  const text = commandsFor({ url }).find((command) => command.id === id)?.text
  assert.ok(text, id)
  return text
}

/** What each says of our own server, opened beside it. */
export const plain: Readonly<Record<string, (port: number) => RegExp>> = {
  curl: () => /HTTP\/1\.1 101 Switching Protocols[\s\S]*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/,
  wscat: () => /"type":"health_status"/,
  health: () => /HTTP\/1\.1 200 OK[\s\S]*"status":"healthy"/,
  'log-search': () => /\[WS_DIAGNOSTICS\] CONNECTION ACCEPTED/,
  'listening-ss': (port) => new RegExp(`LISTEN.*127\\.0\\.0\\.1:${port}\\b`),
  'listening-netstat': (port) => new RegExp(`127\\.0\\.0\\.1:${port}\\b.*LISTEN`),
  resolve: () => /^127\.0\.0\.1 .*STREAM/m,
  'port-nc': () => /succeeded|open/i,
}

/** The rest needs more than a server: a proxy, a certificate, root, a browser (tests/e2e/checklist.spec.ts). */
export const others = [
  'python',
  'nginx-effective',
  'nginx-handshakes',
  'nginx-errors',
  'certificate',
  'out-of-memory',
  'firewall-ufw',
  'firewall-iptables',
  'console',
]

/** To be called inside of a `describe`. */
export function testCommands(): void {
  let server: TestServer
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-commands-'))
  before(async () => {
    server = await startServer()
    logJournal(server.journal, {
      format: 'text',
      level: 'info',
      write: (lines) => appendFileSync(path.join(folder, 'server.log'), lines),
    })
  })
  after(async () => {
    await server.app.close(0)
    rmSync(folder, { recursive: true })
  })

  for (const [id, expected] of Object.entries(plain)) {
    const needs = commandsFor({ url: 'ws://127.0.0.1:1/' }).find((command) => command.id === id)?.needs ?? []
    const missing = needs.find((program) => !has(program))
    test(`${id} says what it promises`, { skip: missing && `${missing} is not installed` }, async (t) => {
      const url = `ws://127.0.0.1:${server.port}/ws/health`
      const socket = new WebSocket(url)
      t.after(() => socket.terminate())
      await new Promise((resolve) => socket.once('message', resolve))
      await pasted(textOf(id, url), expected(server.port), folder)
    })
  }

  // The system's own Python is the one that Debian's package serves.
  const python = ['/usr/bin/python3', 'python3'].find(
    (program) => spawnSync(program, ['-c', 'import websockets']).status === 0,
  )
  const noPython = python === undefined && 'python3-websockets is not installed'
  test('python prints the messages and how it closed', { skip: noPython }, async () => {
    assert.ok(python)
    const url = `ws://127.0.0.1:${server.port}/ws/health`
    await untilSaid(python, ['-c', textOf('python', url)], /open, subprotocol[\s\S]*health_status/)
    const closing = `ws://127.0.0.1:${server.port}/lab/close/ws?code=4001&reason=bye&after_seconds=0`
    await untilSaid(python, ['-c', textOf('python', closing)], /closed: 4001 bye/)
  })

  test('certificate shows names and dates, and what is wrong with it', {
    skip: !has('openssl') && 'openssl is not installed',
  }, async (t) => {
    const secure = await tlsServer('good')
    t.after(() => secure.close())
    const said = await pasted(
      textOf('certificate', `wss://localhost:${secure.port}/ws`),
      /Verify return code: \d+/,
    )
    assert.match(said, /NotAfter/)
    assert.match(said, /subject=/)
  })

  test('nginx is asked for its configuration, its handshakes and its errors', async (t) => {
    const nginx = (await installedProxies()).find(({ kind }) => kind === 'nginx')
    if (nginx === undefined || !isRoot)
      return t.skip('nginx is not installed, or the tests do not run as root')
    await onStage(async (stage) => {
      const { port, directory } = await stage.nginx(`location /ws {
        proxy_pass http://127.0.0.1:${server.port};
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_read_timeout 300ms;
      }`)
      const url = `ws://127.0.0.1:${port}/ws`
      const socket = new WebSocket(url)
      const code = await new Promise((resolve) => socket.once('close', resolve))
      assert.equal(code, 1006)
      const here = (id: string) =>
        withoutSudo(textOf(id, url))
          .replaceAll('/var/log/nginx', directory)
          .replace('nginx -T', `${nginx.program} -T -c ${directory}/nginx.conf -e ${directory}/error.log`)
      await pasted(here('nginx-effective'), /location \/ws[\s\S]*Upgrade[\s\S]*proxy_read_timeout 300ms/)
      await pasted(here('nginx-handshakes'), /"GET \/ws HTTP\/1\.1" 101 /)
      await pasted(here('nginx-errors'), /upstream timed out .* while proxying upgraded connection/)
    })
  })

  test('a kernel’s line about a process that it killed is found', async () => {
    const text = withoutSudo(textOf('out-of-memory', 'ws://127.0.0.1/'))
    const line = '[Mon Nov  3 08:00:00 2025] Out of memory: Killed process 1234 (node) total-vm:1024kB'
    await pasted(text.replace('dmesg --ctime', `printf '%s\\n' 'usb 1-1: reset' '${line}'`), /^\[.*\(node\)/)
    if (isRoot && has('dmesg'))
      await pasted(`dmesg --ctime | tail -n 1; echo done`, /^(?!.*unrecognized)[\s\S]*done/)
  })

  // Each in a network and with files of its own, so that this machine's firewall stays as it is.
  const apart =
    spawnSync('unshare', ['--net', '--mount', 'iptables', '-L', 'INPUT', '-n']).status === 0
      ? false
      : 'needs iptables, root and a kernel that lends a network'
  // The first step that fails ends it all: beyond the copies stand this machine's own files.
  const inside = (setUp: string, text: string) => `set -e\nip link set lo up\n${setUp}\n${withoutSudo(text)}`
  const runApart = (script: string, expected: RegExp) =>
    untilSaid('unshare', ['--net', '--mount', 'bash', '-c', script], expected, folder)

  test('iptables shows the rule that drops, and lets the port through before it', {
    skip: apart,
  }, async () => {
    const text = textOf('firewall-iptables', 'ws://127.0.0.1:9000/ws')
    const [list, ...more] = text.split('\n')
    const script = [text, list, ...more.slice(1)].join('\n')
    const said = await runApart(
      inside('iptables -A INPUT -p tcp --dport 9000 -j DROP', script),
      /ACCEPT.*dpt:9000\n.*DROP.*dpt:9000/,
    )
    assert.match(said, /^1 .*DROP.*dpt:9000/m)
  })

  test('ufw lists its rules, and allows the port', {
    skip: apart || (!has('ufw') && 'ufw is not installed'),
  }, async () => {
    const copies = [
      'cp -r /etc/ufw own && mount --bind own /etc/ufw',
      'cp /etc/default/ufw own-default && mount --bind own-default /etc/default/ufw',
      'ufw --force enable',
    ].join(' && ')
    const text = textOf('firewall-ufw', 'ws://127.0.0.1:9000/ws')
    await runApart(inside(copies, `${text}\n${text.split('\n')[0]}`), /Rule added[\s\S]*9000\/tcp +ALLOW IN/)
  })
}
