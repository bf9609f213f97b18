/** Retries: only those the first result calls for, and what each one's difference says. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { BUDGET, createRunClock, RETRY_BUDGET } from '#server/probe/transport/clock.ts'
import { FOREIGN_ORIGIN } from '#server/probe/variations.ts'
import {
  accept,
  answer,
  closeFrame,
  headerIn,
  rawServer,
  type Script,
} from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'
import { tlsServer } from '#tests/server/probe/support/tls-server.ts'

async function retriesOf(script: Script, options = {}, path = '') {
  const server = await rawServer(script)
  const began = performance.now()
  try {
    const evidence = await runProbe(server.url + path, {
      retries: true,
      watchMs: 60,
      ...options,
    })
    const retries = (evidence.retries ?? []).map(({ vary, status, end }) => ({
      vary,
      status,
      end: end?.kind,
    }))
    return { evidence, retries, server, ms: performance.now() - began }
  } finally {
    await server.close()
  }
}

/** Opens for whoever the test lets in, and refuses everybody else with 403. */
const only =
  (allowed: (request: string) => boolean): Script =>
  (socket, request) =>
    allowed(request) ? accept(socket, request) : socket.end(answer('403 Forbidden'))

test('a host without a path is tried where libraries put their WebSocket', async () => {
  const script: Script = (socket, request) =>
    request.startsWith('GET /socket.io/?EIO=4')
      ? accept(socket, request)
      : socket.end(answer('404 Not Found'))
  const { evidence, retries } = await retriesOf(script, {}, '/..')
  const opened = retries.find(({ status }) => status === 101)
  assert.match(String(opened?.vary.url), /\/socket\.io\/\?EIO=4&transport=websocket$/)
  const [first] = diagnose(evidence).verdicts
  assert.equal(first?.cause, 'path-not-found')
  assert.match(JSON.stringify(first?.because), /\/socket\.io\//)
})

test('retries have limits of their own within those of the run', () => {
  let nowMs = 0
  const run = createRunClock(() => nowMs, BUDGET)
  nowMs = 1000
  const retries = run.tightened(RETRY_BUDGET)
  assert.equal(retries.attempt().stageMs(), 2000)
  nowMs = 10_500
  assert.equal(retries.attempt().stageMs(), 500)
  nowMs = 11_000
  assert.ok(retries.spent() && !run.spent())
  assert.equal(run.tightened({ stageMs: 60_000, runMs: 60_000 }).attempt().stageMs(), BUDGET.stageMs)
})

// Most of each test is waiting for a peer, so they wait side by side.
describe('retries', { concurrency: true }, () => {
  test('403 is tried without an Origin, from the own one and from a foreign one', async () => {
    const { retries, evidence, server, ms } = await retriesOf(
      only((request) => headerIn(request, 'Origin') === `http://${headerIn(request, 'Host')}`),
      { origin: 'https://elsewhere.example' },
    )
    assert.deepEqual(retries, [
      { vary: { path: '/ws/' }, status: 403, end: 'http_response' },
      { vary: { origin: null }, status: 403, end: 'http_response' },
      { vary: { origin: `http://127.0.0.1:${server.port}` }, status: 101, end: 'open' },
      { vary: { origin: FOREIGN_ORIGIN }, status: 403, end: 'http_response' },
      { vary: { again: true }, status: 403, end: 'http_response' },
    ])
    assert.equal(diagnose(evidence).verdicts[0]?.cause, 'origin-rejected')
    assert.ok(ms < 4000, `${ms} ms with retries`)
  })

  test('a healthy server is asked whether it takes any origin, and compression', async () => {
    const { retries, evidence } = await retriesOf((socket, request) => accept(socket, request))
    assert.deepEqual(
      retries.map(({ vary, status }) => [Object.keys(vary)[0], status]),
      [
        ['origin', 101],
        ['extensions', 101],
      ],
    )
    const report = diagnose(evidence)
    assert.equal(report.outcome, 'healthy')
    assert.ok(report.warnings.some(({ id }) => id === 'any-origin-accepted'))
  })

  test('a server that guards its origins gets no warning', async () => {
    const { evidence } = await retriesOf(only((request) => headerIn(request, 'Origin') !== FOREIGN_ORIGIN))
    const report = diagnose(evidence)
    assert.equal(report.outcome, 'healthy')
    assert.equal(
      report.warnings.some(({ id }) => id === 'any-origin-accepted'),
      false,
    )
  })

  for (const status of [
    '403 Forbidden',
    '404 Not Found',
    '500 Internal Server Error',
    '501 Not Implemented',
  ]) {
    test(`${status} is tried with the other trailing slash, and again as it was`, async () => {
      const { retries, evidence } = await retriesOf((socket, request) =>
        request.startsWith('GET /ws/ ') ? accept(socket, request) : socket.end(answer(status)),
      )
      assert.deepEqual(retries, [
        { vary: { path: '/ws/' }, status: 101, end: 'open' },
        { vary: { again: true }, status: Number(status.slice(0, 3)), end: 'http_response' },
      ])
      const [first] = diagnose(evidence).verdicts
      assert.deepEqual([first?.cause, first?.certainty], ['path-not-found', 'proven'])
    })
  }

  test('what opens when it is repeated opened by chance, whatever was changed before', async () => {
    let requests = 0
    const { evidence } = await retriesOf((socket, request) => {
      requests += 1
      if (requests === 1) socket.end(answer('500 Internal Server Error'))
      else accept(socket, request)
    })
    assert.deepEqual(
      evidence.retries?.map(({ vary, status }) => [Object.keys(vary)[0], status]),
      [
        ['path', 101],
        ['again', 101],
      ],
    )
    const [first] = diagnose(evidence).verdicts
    assert.notEqual(first?.certainty, 'proven')
    assert.notEqual(first?.cause, 'path-not-found')
  })

  test('a redirect is followed only to show where it leads, and no further than three times', async () => {
    const { retries, server } = await retriesOf((socket, request) => {
      const step = Number(/step=(\d)/.exec(request)?.[1] ?? 0)
      socket.end(answer('302 Found', [`Location: /ws?step=${step + 1}`]))
    })
    assert.deepEqual(
      retries.map(({ vary, status }) => [vary.location, status]),
      [1, 2, 3].map((step) => [`ws://127.0.0.1:${server.port}/ws?step=${step}`, 302]),
    )
  })

  test('a redirect in a circle is walked once', async () => {
    const { retries } = await retriesOf((socket) =>
      socket.end(answer('308 Permanent Redirect', ['Location: /ws'])),
    )
    assert.equal(retries.length, 1)
  })

  test('wss:// to what speaks neither TLS nor HTTP is told by its first bytes', async () => {
    const server = await rawServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), { onConnect: true })
    const evidence = await runProbe(server.url.replace('ws:', 'wss:'), { retries: true })
    await server.close()
    assert.equal(evidence.retries?.[0]?.not_http, 'SSH-2.0-OpenSSH_9.2p1\r\n')
    const [first] = diagnose(evidence).verdicts
    assert.deepEqual([first?.cause, first?.certainty], ['not-http', 'proven'])
  })

  test('a TLS port that hangs up on plain HTTP is known by its certificate, even by a bad one', async () => {
    const server = await tlsServer('selfsigned')
    const evidence = await runProbe(server.url.replace('wss:', 'ws:'), { retries: true })
    await server.close()
    assert.equal(evidence.retries?.[0]?.failed?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
    assert.equal(diagnose(evidence).verdicts[0]?.cause, 'plain-on-tls-port')
  })

  test('whoever begins an answer in plain HTTP is not tried over TLS', async () => {
    const { retries, evidence } = await retriesOf((socket) => socket.end('HTTP/1.1 101 Switching Pro'))
    assert.deepEqual(
      retries.map(({ vary }) => vary),
      [{ origin: null }],
    )
    assert.equal(diagnose(evidence).verdicts[0]?.cause, 'handshake-closed')
  })

  test('a redirect to a forbidden address is not followed', async () => {
    const { evidence } = await retriesOf((socket) =>
      socket.end(answer('302 Found', ['Location: http://169.254.169.254/latest'])),
    )
    assert.match(evidence.retries?.[0]?.refused ?? '', /link-local/)
  })

  test("the user's headers follow no redirect to another host", async () => {
    const requests: string[] = []
    const elsewhere = await rawServer((socket, request) => {
      requests.push(request)
      socket.end(answer('404 Not Found'))
    })
    const location = `http://localhost:${elsewhere.port}/`
    const { retries } = await retriesOf(
      (socket) => socket.end(answer('302 Found', [`Location: ${location}`])),
      {
        headers: [['Authorization', 'Bearer secret']],
        family: 4,
      },
    )
    await elsewhere.close()
    assert.equal(retries[0]?.status, 404)
    assert.equal(headerIn(requests[0] ?? '', 'Authorization'), undefined)
  })

  test('no subprotocol picked is tried without asking for one', async () => {
    const { retries } = await retriesOf((socket, request) => accept(socket, request), {
      subprotocols: ['a', 'b'],
    })
    assert.deepEqual(retries, [{ vary: { subprotocols: [] }, status: 101, end: 'open' }])
  })

  test('a 400 to whoever asks for no subprotocol is tried with the common ones, then with the one that was picked', async () => {
    const { retries } = await retriesOf((socket, request) =>
      headerIn(request, 'Sec-WebSocket-Protocol')
        ? accept(socket, request, 'Sec-WebSocket-Protocol: mqtt')
        : socket.end(answer('400 Bad Request')),
    )
    assert.deepEqual(
      retries.map(({ vary, status }) => [Object.keys(vary)[0], status]),
      [
        ['path', 400],
        ['origin', 400],
        ['subprotocols', 101],
        ['subprotocols', 101],
        ['again', 400],
      ],
    )
    assert.deepEqual(retries[3]?.vary, { subprotocols: ['mqtt'] })
  })

  test('subprotocols that are usual at the path come first, one by one', async () => {
    const { retries } = await retriesOf(
      (socket, request) =>
        headerIn(request, 'Sec-WebSocket-Protocol') === 'ocpp1.6'
          ? accept(socket, request, 'Sec-WebSocket-Protocol: ocpp1.6')
          : socket.end(),
      {},
      '/ocpp/CP001',
    )
    assert.deepEqual(
      retries.flatMap(({ vary, end }) => (vary.subprotocols ? [[vary.subprotocols, end]] : [])),
      [
        [['ocpp2.0.1'], 'fin'],
        [['ocpp1.6'], 'open'],
      ],
    )
  })

  test('a connection that is refused since is a crash, and nobody asks further', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      // As when a process dies: nothing listens before the client learns of the end.
      server.stopListening()
      setTimeout(() => socket.destroy(), 100)
    })
    const evidence = await runProbe(server.url, { retries: true, watchMs: 2000 })
    await server.close()
    assert.deepEqual(
      evidence.retries?.map(({ failed }) => failed),
      [{ stage: 'tcp', code: 'ECONNREFUSED' }],
    )
    const { outcome, verdicts } = diagnose(evidence)
    assert.deepEqual([outcome, verdicts.map(({ cause }) => cause)], ['fault', ['backend-dropped']])
  })

  test('silence is tried from no Origin, and with subprotocols', async () => {
    const { retries } = await retriesOf(() => {}, { budget: { stageMs: 300, runMs: 60_000 } })
    assert.deepEqual(
      retries.map(({ vary, end }) => [Object.keys(vary)[0], end]),
      [
        ['origin', 'no_answer'],
        ['subprotocols', 'no_answer'],
      ],
    )
  })

  test('close 1008 is tried without an Origin', async () => {
    const { retries } = await retriesOf(
      (socket, request) => {
        accept(socket, request)
        if (headerIn(request, 'Origin')) socket.end(closeFrame(1008, 'origin'))
      },
      { origin: 'https://elsewhere.example' },
    )
    assert.deepEqual(retries[0], { vary: { origin: null }, status: 101, end: 'open' })
  })

  test('a cut in silence is tried with a heartbeat, and directly when asked: the difference names the timer', async () => {
    const idleCut: Script = (socket, request) => {
      accept(socket, request)
      let timer = setTimeout(() => socket.end(), 500)
      socket.on('data', () => {
        clearTimeout(timer)
        timer = setTimeout(() => socket.end(), 500)
      })
      socket.on('close', () => clearTimeout(timer))
    }
    const behind = await rawServer((socket, request) => accept(socket, request))
    const { retries, evidence } = await retriesOf(idleCut, { holdSeconds: 2, direct: behind.url })
    await behind.close()
    assert.deepEqual(
      retries.map(({ vary, end }) => [Object.keys(vary), end]),
      [
        [['origin'], 'fin'],
        // What the heartbeat kept needs no other subprotocol.
        [['heartbeat_seconds'], 'open'],
        [['url'], 'open'],
      ],
    )
    assert.equal(diagnose(evidence).verdicts[0]?.cause, 'idle-timeout')
  })

  test('a glance from another origin says nothing of a drop that comes later', async () => {
    const { retries, evidence } = await retriesOf(
      (socket, request) => {
        accept(socket, request)
        setTimeout(() => socket.resetAndDestroy(), 1800)
      },
      { holdSeconds: 3, pageOrigin: 'https://page.example' },
    )
    assert.deepEqual(
      retries.map(({ vary, end }) => [Object.keys(vary), end]),
      [
        [['origin'], 'open'],
        [['heartbeat_seconds'], 'rst'],
      ],
    )
    const { verdicts } = diagnose(evidence)
    assert.ok(!verdicts.some(({ cause }) => cause === 'origin-rejected'))
    assert.equal(verdicts[0]?.cause, 'max-lifetime')
  })

  test('a refusal at once, direct works: the hop in between is named by the retry', async () => {
    const behind = await rawServer((socket, request) => accept(socket, request))
    const { retries } = await retriesOf((socket) => socket.end(answer('426 Upgrade Required')), {
      direct: behind.url,
    })
    await behind.close()
    assert.deepEqual(retries, [
      { vary: { origin: null }, status: 426, end: 'http_response' },
      { vary: { url: behind.url }, status: 101, end: 'open' },
    ])
  })

  test('nothing is retried where a retry could show nothing', async () => {
    const gone = await rawServer(() => {})
    await gone.close()
    assert.equal((await runProbe(gone.url, { retries: true })).retries, undefined)
    const { retries } = await retriesOf((socket) => socket.end(answer('429 Too Many Requests')))
    assert.deepEqual(retries, [])
  })
})
