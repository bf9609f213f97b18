/**
 * Servers that want to hurt whoever probes them, all at once through the HTTP route of a process of its own: each
 * ends in an honest report in time, and the process stays small.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { diagnose, reportOf } from '#tests/server/http/support/diagnose.ts'
import {
  accept,
  answer,
  eightBytes,
  frame,
  pour,
  rawServer,
  type Script,
  switching,
} from '#tests/server/probe/support/raw-server.ts'
import { type ServerProcess, startProcess } from '#tests/server/support/process.ts'

/** Of the issue: 50 MB above idle. */
const MOST_MEMORY_BYTES = 50 * 1024 * 1024
/** Patience for one stage; the report must be there after a few of them. */
const STAGE_SECONDS = 2.5
const IN_TIME_MS = 30_000

const SCRIPTS = {
  'endless headers': (socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n')
    pour(socket, `X-Filler: ${'a'.repeat(1000)}\r\n`)
  },
  'one byte at a time': (socket) => {
    const bytes = [...'HTTP/1.1 101 Switching Protocols\r\n']
    const drip = setInterval(() => socket.write(bytes.shift() ?? 'x'), 50)
    socket.on('close', () => clearInterval(drip))
  },
  'a gigabyte frame': (socket, request) => {
    socket.write(switching(request))
    socket.write(Buffer.concat([Buffer.from([0x81, 127]), eightBytes(2n ** 30n)]))
    pour(socket, Buffer.alloc(65_536, 97))
  },
  '100,000 pings': (socket, request) => {
    socket.write(switching(request))
    socket.pause()
    pour(socket, Buffer.concat(Array(500).fill(frame(0x89, 'x'.repeat(125)))), 200)
  },
  '10,000 fragments': (socket, request) => {
    accept(socket, request)
    socket.write(frame(0x01, 'a'))
    socket.write(Buffer.concat(Array.from({ length: 9_999 }, () => frame(0x00, 'b'))))
  },
  'never closing': (socket, request) => {
    socket.removeAllListeners('end')
    socket.write(switching(request))
  },
  'an endless body': (socket) => {
    socket.write('HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n')
    pour(socket, `400\r\n${'z'.repeat(1024)}\r\n`)
  },
} satisfies Record<string, Script>

type Name = keyof typeof SCRIPTS

/** Seconds to hold one that pours: a gigabyte until the probe has had enough, which takes a busy machine a while. */
const HOLDS: Partial<Record<string, number>> = { 'a gigabyte frame': 20 }

let server: ServerProcess
const reports = new Map<string, { report: StoredReport; ms: number }>()
let grownBytes = 0

/** Begun before the tests of other files, and awaited by those here. */
let run: Promise<void>

before(() => {
  server = startProcess()
  run = probeAll()
})

async function probeAll() {
  const port = await server.listening
  // The first probes load what the others need, the expressions of the phrasebook among it: idle begins after them.
  const refusing = await rawServer((socket) =>
    socket.end(
      answer('503 Service Unavailable', ['Connection: close'], 'The server is too busy. Try again.'),
    ),
  )
  for (const url of ['ws://127.0.0.1:1/', refusing.url, refusing.url]) await diagnose(port, { url })
  await refusing.close()
  // The collector runs when it wants: what grew too much once is looked at once more.
  grownBytes = await probeRound(port)
  if (grownBytes >= MOST_MEMORY_BYTES) grownBytes = await probeRound(port)
}

/** @returns by how many bytes the process was larger than before, at most */
async function probeRound(port: number): Promise<number> {
  const idleBytes = residentBytes(server.child.pid)
  let peakBytes = idleBytes
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(server.child.pid))
  }, 50)
  await Promise.all(
    Object.entries(SCRIPTS).map(async ([name, script]) => {
      const target = await rawServer(script)
      const began = performance.now()
      const answered = await diagnose(port, {
        url: target.url,
        timeout_seconds: STAGE_SECONDS,
        hold_seconds: HOLDS[name] ?? 0,
      })
      reports.set(name, { report: reportOf(answered), ms: performance.now() - began })
      await target.close()
    }),
  )
  clearInterval(watch)
  return peakBytes - idleBytes
}
after(async () => {
  server.child.kill()
  await server.exit
})

/** Linux tells it of any process; elsewhere the size is not judged. */
function residentBytes(pid = 0): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

const seen = (name: Name) => {
  const found = reports.get(name)
  assert.ok(found)
  const { outcome, verdicts, warnings } = found.report.report
  return {
    probe: found.report.evidence.probe,
    outcome,
    causes: verdicts.map(({ cause }) => cause),
    warned: warnings.map(({ id }) => id),
  }
}

describe('hostile servers through POST /api/diagnose', () => {
  before(() => run)

  for (const name of Object.keys(SCRIPTS) as Name[]) {
    test(`${name}: reported in time`, () => {
      const found = reports.get(name)
      assert.ok(found && found.ms < IN_TIME_MS, `${found?.ms} ms`)
    })
  }

  test('none is called healthy without a word', () => {
    for (const [name, { report }] of reports) {
      const warned = report.report.warnings.map(({ id }) => id)
      const isFine = report.report.outcome === 'healthy'
      assert.equal(isFine && !warned.some((id) => ['many-frames', 'too-much-data'].includes(id)), false, name)
    }
  })

  test('endless headers are cut off and called an overflow', () => {
    assert.equal(seen('endless headers').probe?.end?.code, 'HPE_HEADER_OVERFLOW')
  })

  test('one byte at a time is no answer, with what had come', () => {
    const { probe } = seen('one byte at a time')
    assert.equal(probe?.end?.kind, 'no_answer')
    assert.match(probe?.http?.body_start ?? '', /^HTTP\/1/)
  })

  test('a gigabyte frame is counted, never stored', () => {
    const { probe, outcome, warned } = seen('a gigabyte frame')
    assert.deepEqual([probe?.frames?.[0]?.length, probe?.end?.stopped], [2 ** 30, 'too-much-data'])
    assert.equal(outcome, 'undetermined', 'nobody saw the rest')
    assert.ok(warned.includes('too-much-data'))
  })

  test('fragments are listed up to a bound and counted beyond it', () => {
    const { probe } = seen('10,000 fragments')
    assert.equal((probe?.frames?.length ?? 0) + (probe?.more_frames ?? 0) >= 10_000, true)
    assert.ok((probe?.frames?.length ?? 0) <= 500)
  })

  test('a server that never closes is left, and said to have stalled', () => {
    const { probe, causes } = seen('never closing')
    assert.equal(probe?.close?.answer, null)
    assert.ok(causes.length > 0)
  })

  test('a body that never ends is cut at 4 KiB', () => {
    assert.equal(seen('an endless body').probe?.http?.body_start, 'z'.repeat(4096))
  })

  test('all of them together cost the process less than 50 MB', () => {
    assert.ok(grownBytes < MOST_MEMORY_BYTES, `${Math.round(grownBytes / 1e6)} MB`)
  })
})
