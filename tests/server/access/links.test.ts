import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type LinkAnswer, linkAnswer, linkList } from '#lib/api/links.ts'
import { problem } from '#lib/api/problem.ts'
import { createMemoryLinks } from '#server/access/link-store.ts'
import { createLinks } from '#server/access/links.ts'
import { openClient } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'
const remote = { 'X-Forwarded-For': '203.0.113.5' }
const signedIn = { ...remote, Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' }

let server: TestServer
before(async () => {
  server = await startServer({ ACCESS_TOKEN: TOKEN, PUBLIC_BASE_URL: 'https://why.example' })
})
after(() => server.app.close(0))

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { headers: remote, ...init })

const share = async (order: unknown): Promise<LinkAnswer & { path: string }> => {
  const response = await ask('/api/links', { method: 'POST', headers: signedIn, body: JSON.stringify(order) })
  assert.equal(response.status, 201)
  const answer = linkAnswer.parse(await response.json())
  assert.match(answer.url, /^https:\/\/why\.example\/shared\/[\w-]{43}$/)
  return { ...answer, path: new URL(answer.url).pathname }
}

const aReport = async (): Promise<string> => {
  const body = JSON.stringify({ text: '<script>alert(1)</script> WebSocket is closed 1006' })
  const response = await ask('/api/reports', { method: 'POST', headers: signedIn, body })
  return (await response.json()).id
}

/** Reads the stream until it has shown this. */
async function readUntil(response: Response, shown: RegExp): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (shown.test(text)) break
  }
  return text
}

test('a link shows its report, and nothing else, to whoever has no token', async () => {
  const id = await aReport()
  const { path } = await share({ report: id })
  const shown = await ask(path)
  assert.equal(shown.status, 200)
  const html = await shown.text()
  assert.match(html, /<h1>/)
  assert.doesNotMatch(html, /<script>alert/)
  assert.match(shown.headers.get('Content-Security-Policy') ?? '', /default-src 'none'; style-src/)
  assert.doesNotMatch(shown.headers.get('Content-Security-Policy') ?? '', /script-src/)
  assert.equal(shown.headers.get('Referrer-Policy'), 'no-referrer')
  for (const other of [`/api/reports/${id}`, '/api/reports', '/api/links', '/', `${path}/../../api/events`]) {
    assert.equal((await ask(other)).status, 401, other)
  }
  assert.equal((await ask(`${path}/lines`)).status, 404)
  assert.equal((await ask(path, { method: 'POST' })).status, 401)
})

test('a link shows one connection as it goes on, and no other', async () => {
  const client = openClient(server.port, '/ws?trace=shown')
  const other = openClient(server.port, '/ws?trace=hidden')
  const { client_id } = await server.event('accepted', 'shown')
  await server.event('accepted', 'hidden')
  const { path } = await share({ client_id })
  const page = await ask(path)
  assert.match(await page.text(), new RegExp(client_id))
  assert.match(page.headers.get('Content-Security-Policy') ?? '', /script-src 'nonce-/)
  const stream = await ask(`${path}/lines`)
  client.send(8, '')
  other.send(8, '')
  const text = await readUntil(stream, /disconnected/)
  assert.match(text, /CONNECTION ACCEPTED/)
  assert.doesNotMatch(text, /trace=hidden/)
  for (const each of [client, other]) each.close()
})

test('a link that is taken back opens nothing, and its open stream ends', async () => {
  const { id, path } = await share({ client_id: 'any' })
  const stream = await ask(`${path}/lines`)
  const listed = linkList.parse(await (await ask('/api/links', { headers: signedIn })).json())
  assert.ok(listed.links.some((link) => link.id === id && !('url' in link)))
  const revoked = await ask(`/api/links/${id}`, { method: 'DELETE', headers: signedIn })
  assert.equal(revoked.status, 204)
  // To its end.
  await stream.text()
  const gone = await ask(path)
  assert.equal(gone.status, 404)
  problem.parse(await gone.json())
  assert.equal((await ask(`/api/links/${id}`, { method: 'DELETE', headers: signedIn })).status, 404)
})

test('only who has the token makes, lists and takes back links, and only of what there is', async () => {
  for (const [method, path] of [
    ['POST', '/api/links'],
    ['GET', '/api/links'],
    ['DELETE', '/api/links/x'],
  ] as const) {
    const headers = { ...remote, 'Content-Type': 'application/json' }
    assert.equal((await ask(path, { method, headers })).status, 401)
  }
  for (const [order, status] of [
    [{}, 400],
    [{ report: 'x', client_id: 'y' }, 400],
    [{ client_id: 'y', hours: 0 }, 400],
    [{ client_id: 'y', hours: 721 }, 400],
    [{ report: '../api' }, 400],
    [{ report: 'none' }, 404],
  ] as const) {
    const body = JSON.stringify(order)
    const response = await ask('/api/links', { method: 'POST', headers: signedIn, body })
    assert.equal(response.status, status, body)
    const { message } = problem.parse(await response.json())
    assert.equal(/hours/.test(message), 'hours' in order, message)
  }
})

test('a colleague with a dead link gets a page that says so', async () => {
  const response = await ask(`/shared/${'x'.repeat(43)}`, { headers: { accept: 'text/html,*/*;q=0.8' } })
  assert.equal(response.status, 404)
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(await response.text(), /<h1>This link opens nothing\.<\/h1>\n<p>It has expired/)
})

test('what is no secret of a link opens nothing', async () => {
  for (const path of [
    '/shared/',
    '/shared/x',
    `/shared/${'x'.repeat(43)}`,
    `/shared/${'x'.repeat(43)}/lines`,
  ]) {
    assert.equal((await ask(path)).status, 404)
  }
})

test('a link expires', async () => {
  let nowMs = 0
  const links = createLinks(createMemoryLinks(), () => nowMs)
  const made = await links.create({ kind: 'report', report: 'r' }, 1000)
  let overs = 0
  links.onceOver(made?.link ?? assert.fail(), () => {
    overs += 1
  })
  nowMs = 999
  assert.equal((await links.open(made?.secret ?? ''))?.id, made?.link.id)
  nowMs = 1000
  assert.equal(await links.open(made?.secret ?? ''), undefined)
  assert.deepEqual([await links.list(), overs], [[], 1])
})
