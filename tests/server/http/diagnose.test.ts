/** `POST /api/diagnose` on real sockets: the stream, the report, and who is refused what. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { answerTo, diagnose, reportOf, start } from '#tests/server/http/support/diagnose.ts'
import { accept, answer, headerIn, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const TOKEN = 'correct-horse-battery'

let server: TestServer
before(async () => {
  server = await startServer(
    { PROBE_ALLOW: '127.0.0.9', ALLOWED_HOSTS: 'devbox', ACCESS_TOKEN: TOKEN },
    {},
    {
      probe: {
        watchMs: 60,
        ask: async (name) => [{ address: NAMES[name] ?? '127.0.0.1', family: 4 }],
        limits: { atOnce: 100, aMinute: 1000, clients: 10 },
      },
    },
  )
})
after(() => server.app.close(0))

const NAMES: Record<string, string> = { 'metadata.example': '169.254.169.254', 'inside.example': '10.1.2.3' }
/** As a proxy in front of the server would pass it on. */
const SIGNED_IN = { Authorization: `Bearer ${TOKEN}` }
const REMOTE = { ...SIGNED_IN, 'X-Forwarded-For': '203.0.113.5' }
const ask = (body: unknown, headers: Record<string, string> = {}) => diagnose(server.port, body, headers)

describe('POST /api/diagnose', { concurrency: true }, () => {
  test('streams each stage and ends with the report, which is kept', async () => {
    const target = await rawServer((socket, request) => accept(socket, request))
    const diagnosis = await ask({ url: target.url })
    await target.close()
    assert.equal(diagnosis.status, 200)
    assert.equal(diagnosis.headers['content-type'], 'application/x-ndjson; charset=utf-8')
    const ended = diagnosis.stages.filter(({ state }) => state !== 'started').map(({ stage }) => stage)
    assert.deepEqual(ended.slice(0, 7), ['url', 'dns', 'tcp', 'http', 'checks', 'frames', 'watch'])
    const report = reportOf(diagnosis)
    assert.equal(report.report.outcome, 'healthy')
    assert.equal(report.url, target.url)
    const kept = await fetch(`http://127.0.0.1:${server.port}/api/reports/${report.id}`)
    assert.deepEqual(await kept.json(), JSON.parse(JSON.stringify({ ...report, type: undefined })))
  })

  test('a stage is on the wire while the next one is still under way', async () => {
    const silent = await rawServer(() => {})
    const asked = start(server.port, { url: silent.url })
    const response = (await answerTo(asked)).setEncoding('utf8')
    let text = ''
    for await (const chunk of response) {
      text += chunk
      if (text.includes('"stage":"http","state":"started"')) break
    }
    assert.match(text, /"stage":"tcp","state":"ok"/)
    asked.destroy()
    await silent.close()
  })

  test('origin, subprotocols, headers and first message arrive as given', async () => {
    let request = ''
    const target = await rawServer((socket, head) => {
      request = head
      accept(socket, head, 'Sec-WebSocket-Protocol: b')
    })
    const diagnosis = await ask({
      url: target.url,
      origin: 'https://o.example',
      subprotocols: ['a', 'b'],
      headers: ['Cookie: x=1', 'X-Room: 7'],
      send: 'hi',
      retries: false,
    })
    await target.close()
    assert.equal(headerIn(request, 'Origin'), 'https://o.example')
    assert.equal(headerIn(request, 'Sec-WebSocket-Protocol'), 'a, b')
    assert.equal(headerIn(request, 'Cookie'), 'x=1')
    assert.equal(headerIn(request, 'X-Room'), '7')
    const { evidence } = reportOf(diagnosis)
    assert.equal(evidence.probe?.sent?.[0]?.length, 2)
    assert.equal(evidence.retries, undefined)
  })

  test("the page's own Origin is tried too: one that only the page's is refused with is found", async () => {
    const origin = `http://localhost:${server.port}`
    const target = await rawServer((socket, request) =>
      headerIn(request, 'Origin') === origin ? socket.end(answer('403 Forbidden')) : accept(socket, request),
    )
    const { evidence } = reportOf(await ask({ url: target.url }, { Origin: origin }))
    await target.close()
    assert.equal(evidence.retries?.find(({ vary }) => vary.origin === origin)?.status, 403)
    assert.equal(evidence.probe?.origin, `http://127.0.0.1:${target.port}`)
  })

  test('a path alone is of the server whose page asks', async () => {
    const origin = `http://localhost:${server.port}`
    const { evidence } = reportOf(await ask({ url: 'ws/echo', retries: false }, { Origin: origin }))
    assert.equal(evidence.target?.url, `ws://localhost:${server.port}/ws/echo`)
    assert.equal(evidence.target?.typed, 'ws/echo')
  })

  test('a password that was typed without a scheme is in nothing that is told or kept', async () => {
    const target = await rawServer((socket, request) => accept(socket, request))
    const diagnosis = await ask({ url: target.url.replace('ws://', 'me:S3cr3tPassword@'), retries: false })
    await target.close()
    const { evidence } = reportOf(diagnosis)
    assert.equal(JSON.stringify(diagnosis.lines).includes('S3cr3t'), false)
    assert.equal(evidence.target?.typed, target.url.replace('ws://', '***@'))
  })

  test('secrets are masked in stages, evidence and report, and the report says so', async () => {
    const target = await rawServer((socket, request) =>
      accept(socket, request, 'Set-Cookie: sid=S3cr3tCookie; Path=/'),
    )
    const diagnosis = await ask({
      url: `${target.url.replace('//', '//me:S3cr3tPassword@')}?token=S3cr3tToken`,
      headers: ['X-Api-Key: S3cr3tKey'],
      retries: false,
    })
    await target.close()
    const report = reportOf(diagnosis)
    assert.equal(JSON.stringify(diagnosis.lines).includes('S3cr3t'), false)
    assert.ok(report.report.warnings.some(({ id }) => id === 'secrets-masked'))
    assert.equal(report.url, `${target.url}?token=***`)
    const listed = await fetch(
      `http://127.0.0.1:${server.port}/api/reports?url=${encodeURIComponent(`${target.url}?token=S3cr3tToken`)}`,
    )
    assert.equal((await listed.json()).reports[0].id, report.id)
  })

  for (const [name, body] of [
    ['no JSON', '{'],
    ['no URL', {}],
    ['a URL that is none', { url: 'ftp://x' }],
    ['an option that is misspelt', { url: 'ws://a', orgin: 'x' }],
    ['a hold beyond an hour', { url: 'ws://a', hold_seconds: 99_999 }],
    ['a header without a name', { url: 'ws://a', headers: ['nonsense'] }],
    ['a header of the handshake itself', { url: 'ws://a', headers: ['Upgrade: x'] }],
    ['a header that smuggles a line', { url: 'ws://a', headers: ['X: a\r\nEvil: b'] }],
    ['a header that smuggles a request', { url: 'ws://a', headers: ['X: a\r\n\r\nGET / HTTP/1.1'] }],
    ['an origin that smuggles a line', { url: 'ws://a', origin: 'https://a\r\nEvil: b' }],
    ['a subprotocol that smuggles a line', { url: 'ws://a', subprotocols: ['a\r\nEvil: b'] }],
    ['a subprotocol named twice', { url: 'ws://a', subprotocols: ['a', 'a'] }],
    ['a direct URL that is none', { url: 'ws://a', direct: 'ftp://b' }],
    ['too many headers', { url: 'ws://a', headers: Array.from({ length: 51 }, (_, at) => `X-${at}: 1`) }],
  ] as const) {
    test(`${name} is refused with 400, the reason and the remedy, and nothing is sent`, async () => {
      const { status, problem, lines } = await ask(body)
      assert.equal(status, 400)
      assert.deepEqual(lines, [])
      for (const key of ['error', 'message', 'remedy']) assert.ok(problem?.[key], key)
    })
  }

  test('a body beyond the bound is refused with 413', async () => {
    assert.equal((await ask({ url: 'ws://a', send: 'x'.repeat(600_000) })).status, 413)
  })

  for (const url of [
    'ws://169.254.169.254/',
    'ws://[fe80::1]/',
    'ws://[::ffff:169.254.169.254]/',
    'ws://[64:ff9b::a9fe:a9fe]/',
    'ws://0.0.0.0/',
    'ws://0x7f.1.0/../'.replace('0x7f.1.0', '0.0.0.1'),
    'ws://100.100.100.200/',
    'ws://168.63.129.16/',
    'ws://[fd00:ec2::254]/',
    'ws://224.0.0.1/',
    'ws://metadata.example/',
  ]) {
    test(`${url} is refused with 403 for everybody`, async () => {
      const { status, problem } = await ask({ url })
      assert.deepEqual([status, problem?.error], [403, 'address_refused'])
      assert.ok(problem?.remedy)
    })
  }

  test('a direct URL at a forbidden address is refused like the target', async () => {
    const { status, problem } = await ask({ url: 'ws://localhost/', direct: 'http://169.254.169.254/' })
    assert.deepEqual([status, problem?.error], [403, 'address_refused'])
  })

  test('a direct name that leads to a forbidden address is not connected to', async () => {
    const target = await rawServer((socket) => socket.end(answer('502 Bad Gateway')))
    const { evidence } = reportOf(await ask({ url: target.url, direct: 'ws://metadata.example/' }))
    await target.close()
    assert.match(evidence.retries?.find(({ vary }) => vary.url)?.refused ?? '', /link-local/)
  })

  test('a redirect to a forbidden address, by literal or by name, is reported and not followed', async () => {
    for (const location of ['http://169.254.169.254/latest', 'https://metadata.example/x']) {
      const target = await rawServer((socket) => socket.end(answer('302 Found', [`Location: ${location}`])))
      const { evidence, report } = reportOf(await ask({ url: target.url }))
      await target.close()
      assert.match(evidence.retries?.find(({ vary }) => vary.location)?.refused ?? '', /link-local/)
      assert.equal(report.verdicts[0]?.cause, 'redirected')
    }
  })
})

describe('callers who are not plainly local', { concurrency: true }, () => {
  for (const [name, headers] of [
    ['behind a proxy', REMOTE],
    ['behind a proxy that says so in Forwarded', { ...SIGNED_IN, Forwarded: 'for=203.0.113.5' }],
    ['under another host name', { ...SIGNED_IN, Host: 'devbox' }],
  ] as const) {
    test(`${name} may not reach private addresses, and learn how to`, async () => {
      for (const url of ['ws://127.0.0.1/', 'ws://10.1.2.3/', 'ws://localhost/', 'ws://inside.example/']) {
        const { status, problem } = await ask({ url }, headers)
        assert.deepEqual([status, problem?.error], [403, 'address_refused'], url)
        assert.match(problem?.remedy ?? '', /PROBE_ALLOW/)
      }
    })
  }

  test('may reach what PROBE_ALLOW names', async () => {
    const { status } = await ask({ url: 'ws://127.0.0.9:1/', retries: false }, REMOTE)
    assert.equal(status, 200)
  })

  test('cannot reach them by the checklist either', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/checklist`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...REMOTE },
      body: JSON.stringify({ url: 'ws://127.0.0.1:1/' }),
    })
    const { items } = await response.json()
    const item = items.find(({ id }: { id: string }) => id === 'proxy-upgrade')
    assert.deepEqual([item.outcome, /PROBE_ALLOW/.test(item.says)], ['unknown', true])
  })
})

test('a name is resolved once: the second answer of a rebinding name is never asked for', async (t) => {
  let asked = 0
  const own = await startServer(
    {},
    {},
    {
      probe: {
        watchMs: 60,
        ask: async () => {
          asked += 1
          return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
        },
      },
    },
  )
  t.after(() => own.app.close(0))
  const target = await rawServer((socket) => socket.end(answer('403 Forbidden')))
  const { evidence } = reportOf(await diagnose(own.port, { url: `ws://rebound.example:${target.port}/` }))
  await target.close()
  assert.ok((evidence.retries?.length ?? 0) >= 2)
  assert.deepEqual([...new Set(evidence.retries?.map(({ status }) => status))], [403])
  assert.equal(asked, 1)
})
