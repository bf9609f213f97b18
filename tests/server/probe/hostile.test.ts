/**
 * Servers that want to hurt the prober: each ends in an honest report, in time. How much memory they cost is
 * measured in a process of its own: tests/server/http/diagnose-hostile.test.ts.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accept,
  eightBytes,
  frame,
  pour,
  rawServer,
  type Script,
  switching,
} from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

const SHORT = { budget: { stageMs: 800, runMs: 4000 }, watchMs: 100 }
/** A few stages on a busy machine: without a deadline these servers would hold the probe for ever. */
const IN_TIME_MS = 4000

async function against(script: Script, options = {}) {
  const server = await rawServer(script)
  const began = performance.now()
  try {
    const { probe } = await runProbe(server.url, { ...SHORT, ...options })
    return { probe, ms: performance.now() - began }
  } finally {
    await server.close()
  }
}

test('a gigabyte frame is counted, never stored', async () => {
  const gigabyte: Script = (socket, request) => {
    socket.write(switching(request))
    socket.write(Buffer.concat([Buffer.from([0x81, 127]), eightBytes(2n ** 30n)]))
    pour(socket, Buffer.alloc(65_536, 97))
  }
  // Until the probe has had enough, which takes a busy machine a while.
  const { probe } = await against(gigabyte, { holdSeconds: 20 })
  const [first] = probe?.frames ?? []
  assert.equal(first?.length, 2 ** 30)
  assert.ok((first?.received ?? 0) > 1e6, 'half of it came')
  assert.deepEqual([probe?.end?.kind, probe?.end?.stopped], ['open', 'too-much-data'])
})

test('of a header value 8 KiB are kept, and the rest is counted', async () => {
  const { probe } = await against((socket) => {
    socket.end(`HTTP/1.1 403 no\r\nX-Long: ${'v'.repeat(60_000)}\r\nServer: s\r\n\r\n`)
  })
  const { headers = [], more_header_bytes: more } = probe?.http ?? {}
  assert.deepEqual(
    headers.map(([name, value]) => [name, value.length]),
    [
      ['X-Long', 8192],
      ['Server', 1],
    ],
  )
  assert.equal(more, 60_000 - 8192)
})

test('10,000 fragments are listed up to a bound and counted beyond it', async () => {
  const { probe } = await against((socket, request) => {
    accept(socket, request)
    socket.write(frame(0x01, 'a'))
    socket.write(Buffer.concat(Array.from({ length: 9_999 }, () => frame(0x00, 'b'))))
  })
  assert.ok((probe?.frames?.length ?? 0) <= 500, `${probe?.frames?.length}`)
  assert.ok((probe?.more_frames ?? 0) >= 9_500, `${probe?.more_frames}`)
})

test('100,000 pings are not answered without bound', async () => {
  const { probe } = await against((socket, request) => {
    socket.write(switching(request))
    socket.pause()
    pour(socket, Buffer.concat(Array(500).fill(frame(0x89, 'x'.repeat(125)))), 200)
  })
  assert.equal(probe?.frames?.length, 500)
  assert.ok((probe?.sent?.length ?? 0) <= 200)
})

test('endless headers are cut off at 64 KiB and called an overflow', async () => {
  const { probe, ms } = await against((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n')
    pour(socket, `X-Filler: ${'a'.repeat(1000)}\r\n`)
  })
  assert.deepEqual([probe?.end?.kind, probe?.end?.code], ['error', 'HPE_HEADER_OVERFLOW'])
  assert.equal(probe?.http?.status, undefined)
  assert.ok((probe?.http?.body_start ?? '').length <= 4096)
  assert.ok(ms < IN_TIME_MS, `${ms} ms`)
})

test('a length beyond all numbers ends the reading, not the probe', async () => {
  const { probe } = await against((socket, request) => {
    socket.write(switching(request))
    socket.write(Buffer.concat([Buffer.from([0x82, 127]), eightBytes(2n ** 63n)]))
    pour(socket, Buffer.alloc(65_536))
  })
  assert.equal(probe?.frames?.length, 1)
  assert.equal(probe?.end?.kind, 'open')
})

test('a body that never ends is cut at 4 KiB', async () => {
  const { probe, ms } = await against((socket) => {
    socket.write('HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n')
    pour(socket, `400\r\n${'z'.repeat(1024)}\r\n`)
  })
  assert.equal(probe?.http?.status, 503)
  assert.equal(probe?.http?.body_start, 'z'.repeat(4096))
  assert.ok(ms < IN_TIME_MS, `${ms} ms`)
})

test('interim answers without end are cut off like endless headers', async () => {
  const { probe, ms } = await against((socket) => pour(socket, 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)))
  assert.deepEqual([probe?.end?.kind, probe?.end?.code], ['error', 'HPE_HEADER_OVERFLOW'])
  assert.ok(ms < IN_TIME_MS, `${ms} ms`)
})
describe('hostile servers that only waste time', { concurrency: true }, () => {
  test('headers in one piece beyond 64 KiB overflow too, just below they are read', async () => {
    const long = await against((socket, request) =>
      socket.write(switching(request, `X: ${'a'.repeat(66_000)}`)),
    )
    assert.equal(long.probe?.end?.code, 'HPE_HEADER_OVERFLOW')
    const fine = await against((socket, request) =>
      socket.write(switching(request, `X: ${'a'.repeat(60_000)}`)),
    )
    assert.equal(fine.probe?.http?.status, 101)
  })

  test('one byte at a time ends at the stage deadline with what had come', async () => {
    const { probe, ms } = await against((socket) => {
      const bytes = [...'HTTP/1.1 101 Switching Protocols\r\n']
      const drip = setInterval(() => socket.write(bytes.shift() ?? 'x'), 20)
      socket.on('close', () => clearInterval(drip))
    })
    assert.equal(probe?.end?.kind, 'no_answer')
    assert.match(probe?.http?.body_start ?? '', /^HTTP\/1/)
    assert.ok(ms < IN_TIME_MS, `${ms} ms`)
  })

  test('a body that never comes is not waited for', async () => {
    const { probe, ms } = await against((socket) =>
      socket.write('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 100000\r\n\r\nstart'),
    )
    assert.equal(probe?.http?.body_start, 'start')
    assert.ok(ms < IN_TIME_MS, `${ms} ms`)
  })

  test('a server that never closes is left after the close handshake was offered', async () => {
    const { probe, ms } = await against((socket, request) => {
      socket.removeAllListeners('end')
      socket.write(switching(request))
    })
    assert.equal(probe?.end?.kind, 'open')
    assert.equal(probe?.close?.answer, null)
    assert.ok(ms < IN_TIME_MS, `${ms} ms`)
  })

  test('a server that reads nothing and says nothing ends as no answer', async () => {
    const { probe, ms } = await against((socket) => socket.pause())
    assert.equal(probe?.end?.kind, 'no_answer')
    assert.ok(ms < IN_TIME_MS, `${ms} ms`)
  })
})
