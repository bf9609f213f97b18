/** A bundle holds what the server knows, and not one of forty secrets that were planted everywhere it comes from. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import * as z from 'zod/mini'
import { type BundleOrder, bundleSizes } from '#lib/api/bundle.ts'
import { bundleManifest } from '#lib/bundle/format.ts'
import { openBundle } from '#lib/bundle/open.ts'
import { diagnosticEvent } from '#lib/protocol/events.ts'
import { accept, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const json = { 'Content-Type': 'application/json' }

/** Each is told apart, and looks like nothing that a mask would know by itself. */
let planted = 0
const secret = () => {
  planted += 1
  return `S3cr3t${String(planted).padStart(2, '0')}Zq7Xv9`
}

const inLog = [
  `GET /ws?token=${secret()}&room=7 HTTP/1.1`,
  `GET /ws?access_token=${secret()}#x`,
  `wss://user:${secret()}@a.example/ws`,
  `redirect to https://a.example/cb#id_token=${secret()}`,
  `/ws?X-Amz-Signature=${secret()}&X-Amz-Expires=60`,
  `Authorization: Bearer ${secret()}`,
  `proxy-authorization: Basic ${secret()}=`,
  `Cookie: session=${secret()}; theme=${secret()}`,
  `Set-Cookie: AWSALB=${secret()}; Path=/`,
  `X-Api-Key: ${secret()}`,
  `{"type":"auth","token":"${secret()}"}`,
  `{"password":"a\\/b${secret()}","user":"me"}`,
  `"{\\"secret\\":\\"${secret()}\\"}"`,
  `{"name":"Cookie","value":"sid=${secret()}"}`,
  `DB_PASSWORD=${secret()}`,
  `export API_KEY="${secret()}"`,
  `level=info access_token=${secret()} msg=opened`,
  `  client_secret: ${secret()}`,
  `proxy_set_header Authorization "Basic ${secret()}";`,
  `curl -u admin:${secret()} https://a.example`,
  `curl -H 'Authorization: Bearer ${secret()}' x`,
  `postgres://app:${secret()}@db/app`,
  `https://hooks.slack.com/services/T0/B0/${secret()}`,
  `eyJhbGciOiJIUzI1NiJ9.${secret()}.${secret()}`,
  `ghp_${secret()}aaaaaaaaaaaaaaaaaaaa`,
  `-----BEGIN PRIVATE KEY-----\n${secret()}\n-----END PRIVATE KEY-----`,
]

let server: TestServer
const origin = () => `http://localhost:${server.port}`

before(async () => {
  server = await startServer({
    HOST: 'localhost',
    NOTIFY_SECRET: secret(),
    JOURNAL: `redis://user:${secret()}@cache:6379`,
  })
  const target = await rawServer((socket, request) => accept(socket, request))
  // In the journal: what a client says of itself.
  const client = openClient(server.port, `/ws?token=${secret()}&password=${secret()}&trace=bundle`, {
    headers: [
      ['User-Agent', `app Bearer ${secret()}`],
      ['Sec-WebSocket-Protocol', `base64url.bearer.authorization.k8s.io.${secret()}`],
      ['X-Forwarded-Host', `https://me:${secret()}@a.example`],
    ],
  })
  await client.status()
  client.close()
  await server.event('disconnected', 'bundle')
  server.journal.append({ kind: 'error', code: 'test', message: `failed with token=${secret()}` })
  // In a report: evidence, and text.
  const report = await fetch(`${origin()}/api/reports`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({
      evidence: {
        target: { url: `wss://${secret()}@a.example/ws?api_key=${secret()}` },
        probe: { http: { status: 401, headers: [['Set-Cookie', `sid=${secret()}`]] } },
      },
      text: `WebSocket connection to 'wss://a.example/ws?jwt=${secret()}' failed: password=${secret()}`,
    }),
  })
  assert.equal(report.status, 201)
  // In a watch: all that it takes to connect.
  const watch = await fetch(`${origin()}/api/watches`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({
      url: `${target.url}?ticket=${secret()}`,
      headers: [`Authorization: ${secret()}`, `X-Own: ${secret()}`],
      send: secret(),
      notify: `http://127.0.0.1:${target.port}/${secret()}`,
    }),
  })
  assert.equal(watch.status, 201)
})
after(() => server.app.close(0))

async function make(order: BundleOrder): Promise<Uint8Array> {
  const response = await fetch(`${origin()}/api/bundle`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(order),
  })
  assert.equal(response.status, 200)
  assert.match(
    response.headers.get('content-disposition') ?? '',
    /^attachment; filename="why1006-[\dT-]+\.zip"$/,
  )
  return new Uint8Array(await response.arrayBuffer())
}

test('none of at least forty secrets is in it, and what tells of the failure is', async () => {
  assert.ok(planted >= 40, String(planted))
  const bytes = await make({ imported: [{ name: '../../etc/app.log', text: inLog.join('\n') }] })
  const files = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)] as const)
  for (const [name, content] of files) {
    assert.deepEqual(content.match(/S3cr3t\d\dZq7Xv9/g) ?? [], [], name)
  }
  const named = Object.fromEntries(files)
  assert.deepEqual(
    Object.keys(named).map((name) => name.replace(/[0-9a-f]{32}/, 'id')),
    [
      'events.ndjson',
      'reports/id.json',
      'watches.json',
      'configuration.json',
      'imported/app.log',
      'README.txt',
      'manifest.json',
    ],
  )
  const events = (named['events.ndjson'] ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.ok(events.every((event) => z.safeParse(diagnosticEvent, event).success))
  assert.ok(events.some(({ kind, trace }) => kind === 'disconnected' && trace === 'bundle'))
  assert.match(named['imported/app.log'] ?? '', /^GET \/ws\?token=\*\*\*&room=7 HTTP\/1\.1$/m)
  assert.match(named['watches.json'] ?? '', /"Authorization: \*\*\*"/)
  assert.equal(JSON.parse(named['configuration.json'] ?? '').settings.notifySecret, '***')
  const manifest = z.parse(bundleManifest, JSON.parse(named['manifest.json'] ?? ''))
  for (const { part, count, bytes: size } of manifest.parts) {
    assert.ok(count > 0 && size > 0, part)
    assert.match(named['README.txt'] ?? '', new RegExp(`^${part} +${count}, ${size} bytes: `, 'm'))
  }
})

test('what it would hold is told before, and is what it holds', async () => {
  const { parts } = z.parse(bundleSizes, await (await fetch(`${origin()}/api/bundle`)).json())
  const manifest = JSON.parse(strFromU8(unzipSync(await make({}))['manifest.json'] ?? new Uint8Array()))
  assert.deepEqual(manifest.parts, parts)
  assert.deepEqual(
    parts.map(({ part }) => part),
    ['events', 'reports', 'watches', 'configuration'],
  )
})

test('each part can be left out, and the range holds', async () => {
  const only = await make({ leave_out: ['reports', 'watches', 'configuration', 'imported'] })
  assert.deepEqual(Object.keys(unzipSync(only)), ['events.ndjson', 'README.txt', 'manifest.json'])
  const { records } = await server.journal.read({ limit: 3 })
  const [first, second, third] = records.map(({ event }) => event)
  const range = { since: second?.at ?? 0, until: third?.at ?? 0 }
  const events = strFromU8(unzipSync(await make(range))['events.ndjson'] ?? new Uint8Array())
  const ids = events
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id)
  assert.ok(!ids.includes(first?.id) && ids.includes(second?.id) && ids.includes(third?.id))
  const empty = await make({ until: 1 })
  assert.equal(strFromU8(unzipSync(empty)['events.ndjson'] ?? new Uint8Array()), '')
})

test('it opens anywhere: its events and lines are read as others are, its reports are there', async () => {
  const { manifest, sources, reports } = openBundle(
    await make({ imported: [{ name: 'a.log', text: 'wss://a.example: connection reset' }] }),
  )
  assert.equal(manifest.why1006, 'test')
  assert.deepEqual(
    sources.map(({ file }) => file),
    ['events.ndjson', 'imported/a.log'],
  )
  assert.equal(reports.length, 1)
  assert.equal(reports[0]?.url, 'wss://***@a.example/ws?api_key=***')
})

test('a bundle of a journal with many events is cut at its beginning, and says so', async () => {
  const { makeBundle, measureBundle } = await import('#server/bundle/bundle.ts')
  const { createMemoryJournal } = await import('#server/journal/memory.ts')
  const { createMemoryWatches } = await import('#server/watch/store.ts')
  const { createMemoryReports } = await import('#server/reports/memory.ts')
  const { readConfig } = await import('#server/config/config.ts')
  const config = readConfig({})
  assert.ok(config.ok)
  const journal = createMemoryJournal({ capacity: 10_000, instance: 'test' })
  for (let count = 0; count < 4200; count += 1) journal.append({ kind: 'server', state: 'started' })
  const services = {
    config: config.config,
    journal,
    version: 'test',
    reports: createMemoryReports(),
    watches: createMemoryWatches(),
    limits: { events: 2000, reports: 1, reportBytes: 1 },
  }
  const [events] = await measureBundle({}, services)
  assert.equal(events?.cut, true)
  assert.ok((events?.count ?? 0) >= 1500 && (events?.count ?? 0) <= 2000, String(events?.count))
  const pieces: Uint8Array[] = []
  for await (const bytes of makeBundle({}, services)) pieces.push(bytes)
  const lines = strFromU8(unzipSync(Buffer.concat(pieces))['events.ndjson'] ?? new Uint8Array())
    .trim()
    .split('\n')
  const latest = (await journal.bounds()).latest
  assert.equal(JSON.parse(lines.at(-1) ?? '').id, latest)
})
