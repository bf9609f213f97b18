/** `why1006 logs --to`: what somebody's logs say, told to a server of ours. */
import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { eventsPage } from '#lib/protocol/events.ts'
import { run } from '#server/cli/logs.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'
import { until } from '#tests/server/support/until.ts'

const folder = await mkdtemp(join(tmpdir(), 'why1006-logs-to-'))
let server: TestServer
before(async () => {
  server = await startServer()
})
after(async () => {
  await server.app.close(0)
  await rm(folder, { recursive: true })
})

function start(args: readonly string[], stdin: Readable = Readable.from([])) {
  const control = new AbortController()
  const output = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      output[name] += text
    },
  })
  const code = run([...args], {
    stdin,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    signal: control.signal,
  })
  return { code, output, stop: () => control.abort() }
}

const url = () => `http://127.0.0.1:${server.port}`
const kept = async () => {
  const response = await fetch(`${url()}/api/events?limit=1000`)
  return eventsPage.parse(await response.json()).events.filter(({ service }) => service !== undefined)
}

/** A journal keeps events for 30 days, so the lines are of two days ago. */
const DAY = new Date(Date.now() - 2 * 86_400_000)
const NGINX_DAY = DAY.toUTCString().slice(5, 16).replaceAll(' ', '/')
const nginxLine = (day: string) =>
  `203.0.113.9 - - [${day}:10:00:00 +0000] "GET /socket?token=hunter2 HTTP/1.1" 101 512 "-" "Mozilla/5.0" 60.001`
const NGINX = [
  nginxLine(NGINX_DAY),
  `203.0.113.9 - - [${NGINX_DAY}:10:00:01 +0000] "GET /page HTTP/1.1" 200 512 "-" "Mozilla/5.0" 0.001`,
]
const OWN = `[WS_DIAGNOSTICS] client_id=c-7, path=/chat disconnected - code=1006, close_code=1006, reason="no pong within 10 s", duration_ms=61000, pings=2, pongs=1, ended_by=network, at=${DAY.toISOString().slice(0, 10)}T10:00:02.000Z`

test('a tunnel of nginx is a connection without a close code, and an end of our own lines is whole', async () => {
  const { code, output } = start(
    ['--to', url(), '--service', 'edge', '-'],
    Readable.from([`${[...NGINX, OWN].join('\n')}\n`]),
  )
  assert.equal(await code, 0, output.stderr)
  assert.match(output.stderr, /has taken 3 events, had 0 already and refused 0/)
  const [accepted, tunnel, own, ...others] = await kept()
  assert.deepEqual(others, [])
  assert.ok(accepted?.kind === 'accepted' && tunnel?.kind === 'disconnected' && own?.kind === 'disconnected')
  assert.deepEqual(
    [
      tunnel.service,
      tunnel.endpoint,
      tunnel.client_id,
      tunnel.duration_ms,
      tunnel.close_code,
      tunnel.initiator,
    ],
    ['edge', '/socket', accepted.client_id, 60_001, undefined, undefined],
  )
  assert.ok(Math.abs(tunnel.at - accepted.at - 60.001) < 0.01)
  assert.deepEqual([own.client_id, own.close_code, own.initiator, own.pongs], ['c-7', 1006, 'network', 1])
  assert.ok(!JSON.stringify(await kept()).includes('hunter2'))
})

test('with --follow lines are told as they come, and a second run tells nothing twice', async () => {
  const file = join(folder, 'access.log')
  await writeFile(file, `${NGINX.join('\n')}\n`)
  const before = (await kept()).length
  const follow = start(['--follow', '--to', url(), file])
  const count = (least: number) => until(async () => (await kept()).length >= least)
  await count(before + 2)
  await appendFile(file, `${NGINX[0]?.replace('10:00:00', '10:05:00')}\n`)
  await count(before + 4)
  follow.stop()
  assert.equal(await follow.code, 0)
  const again = start(['--to', url(), file])
  assert.equal(await again.code, 0)
  assert.match(again.output.stderr, /has taken 0 events, had 4 already/)
})

test('what a server refuses is said with its first reason', async () => {
  const { code, output } = start(['--to', url(), '-'], Readable.from([`${nginxLine('01/Nov/2020')}\n`]))
  assert.equal(await code, 0)
  assert.match(
    output.stderr,
    /has taken 0 events, had 0 already and refused 2: at: \d+\S* is older than the 30 days/,
  )
})

test('a server that never takes it ends the command with its words', async () => {
  const strict = await startServer({ TRUSTED_PROXIES: '127.0.0.1' })
  const refused = start(['--to', `http://127.0.0.1:${strict.port}`, '-'], Readable.from([`${NGINX[0]}\n`]))
  assert.equal(await refused.code, 2)
  assert.match(refused.output.stderr, /asks for its access token/)
  await strict.app.close(0)
})

test('where nothing listens the command ends with what to do, and with --follow it goes on and says so once', async () => {
  const gone = await startServer()
  await gone.app.close(0)
  const to = ['--to', `http://127.0.0.1:${gone.port}`]
  const file = join(folder, 'untold.log')
  await writeFile(file, `${NGINX[0]}\n`)
  const packed = join(folder, 'untold.log.gz')
  await writeFile(packed, gzipSync(`${NGINX[0]}\n`))
  const follow = start(['--follow', ...to, file])
  await Promise.all(
    [file, packed].map(async (path) => {
      const { code, output } = start([...to, path])
      assert.equal(await code, 1)
      assert.match(output.stderr, new RegExp(`127\\.0\\.0\\.1:${gone.port} does not answer: .*ECONNREFUSED`))
      assert.match(output.stderr, /Tried 4 times\. Start the Why1006 server there or correct --to/)
      assert.doesNotMatch(output.stderr, /untold|Usage/)
      assert.equal(output.stdout, '')
    }),
  )
  // By now it has tried several times, too.
  assert.equal(follow.output.stderr.match(/does not answer.*The lines wait/g)?.length, 1)
  follow.stop()
  assert.equal(await follow.code, 0)
})

test('--to takes the URL of a server alone', async () => {
  const { code, output } = start(['--to', 'localhost', '-'])
  assert.equal(await code, 2)
  assert.match(output.stderr, /http:\/\/localhost:9000/)
})
