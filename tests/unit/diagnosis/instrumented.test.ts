/** What a server that is watched by `instrument` says of an ending, judged. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import type { DiagnosticEvent, EventOf } from '#lib/protocol/events.ts'

const own = { instance: 'vm:1', service: 'shop', client_id: 'a', endpoint: '/live' }

type End = Omit<EventOf<'disconnected'>, 'kind' | 'id' | 'at' | keyof typeof own>

function judged(end: Partial<End>, between: readonly DiagnosticEvent[] = []) {
  const events: DiagnosticEvent[] = [
    {
      ...own,
      kind: 'attempt',
      id: '1',
      at: 1000,
      address: '198.51.100.7',
      url: '/live',
      scheme: 'ws',
      http_version: '1.1',
      upgrade: 'websocket',
      connection: 'Upgrade',
    },
    { ...own, kind: 'accepted', id: '2', at: 1000 },
    ...between,
    {
      ...own,
      kind: 'disconnected',
      id: '9',
      at: 1090,
      close_code: 1006,
      reason: '',
      duration_ms: 90_000,
      pings: 3,
      pongs: 2,
      initiator: 'network',
      missed_pongs: 0,
      event_loop_delay_ms: 0,
      silence_ms: 200,
      since_rx_ms: 200,
      draining: false,
      ...end,
    },
  ]
  return diagnose(evidenceFromJournal(events, 'a'))
}

const missed: DiagnosticEvent = {
  ...own,
  kind: 'pong_timeout',
  id: '5',
  at: 1090,
  ping_number: 3,
  waited_ms: 30_000,
}

const first = (report: ReturnType<typeof judged>) => {
  const [verdict] = report.verdicts
  return [verdict?.cause, verdict?.certainty]
}

test('what the server sent was not acknowledged: half-open, proven', () => {
  for (const socket_error of ['ETIMEDOUT', 'EHOSTUNREACH'])
    assert.deepEqual(first(judged({ socket_error, since_rx_ms: 80_000 })), ['half-open', 'proven'])
})

test('a reset is no vanishing', () => {
  const report = judged({ socket_error: 'ECONNRESET' })
  assert.notEqual(report.verdicts[0]?.certainty, 'proven')
  assert.ok(
    !report.verdicts.some(({ cause, certainty }) => cause === 'half-open' && certainty !== 'possible'),
  )
})

test('a missed pong is the verdict, proven', () => {
  assert.deepEqual(first(judged({ initiator: 'server', missed_pongs: 1 }, [missed])), [
    'pong-timeout',
    'proven',
  ])
})

test('a missed pong whose ping was sent again and again, and never acknowledged: half-open, proven', () => {
  const end = { initiator: 'server', missed_pongs: 1, since_rx_ms: 30_000, unacked_bytes: 6 } as const
  assert.deepEqual(first(judged({ ...end, retransmits: 7 }, [missed])), ['half-open', 'proven'])
  // A packet may be lost by chance, and what is on its way is not acknowledged yet.
  for (const retransmits of [0, 2])
    assert.deepEqual(first(judged({ ...end, retransmits }, [missed])), ['pong-timeout', 'proven'])
})

test('a Close frame into the void, as Socket.IO sends it over a missed pong, is no orderly end', () => {
  const end = { close_code: 1005, initiator: 'server', missed_pongs: 1, since_rx_ms: 30_000 } as const
  assert.deepEqual(first(judged(end, [missed])), ['pong-timeout', 'likely'])
  assert.deepEqual(first(judged({ ...end, unacked_bytes: 6, retransmits: 7 }, [missed])), [
    'half-open',
    'proven',
  ])
  // A code of the application's own is its own reason, also while a ping is on its way.
  const own4003 = judged({ ...end, close_code: 4003, reason: 'session expired' }, [missed])
  assert.notEqual(own4003.verdicts[0]?.cause, 'pong-timeout')
})

test('a server that was draining restarted, proven by its Close frame', () => {
  const end = { initiator: 'server', draining: true } as const
  assert.deepEqual(first(judged({ ...end, close_code: 1001 })), ['server-restarting', 'proven'])
  assert.deepEqual(first(judged({ ...end, close_code: 1012, reason: 'server restarting' })), [
    'server-restarting',
    'proven',
  ])
  assert.deepEqual(first(judged(end)), ['server-restarting', 'proven'])
})

test('a client that left while the server drained proves nothing', () => {
  const report = judged({ close_code: 1006, initiator: 'network', draining: true })
  assert.notEqual(report.verdicts[0]?.certainty, 'proven')
})

test('a loop that stood still is likely the cause, with how long', () => {
  const report = judged({ event_loop_delay_ms: 12_400 })
  assert.deepEqual(first(report), ['server-stalled', 'likely'])
  assert.match(JSON.stringify(report.verdicts[0]?.because), /12\.4 s/)
})

test('a short pause of the loop accuses nobody', () => {
  assert.notEqual(judged({ event_loop_delay_ms: 400 }).verdicts[0]?.cause, 'server-stalled')
})

test('a server that ended it itself, and names no reason, dropped it', () => {
  const end = { initiator: 'server', pings: 0, pongs: 0, silence_ms: 61_000, since_rx_ms: 61_000 } as const
  const report = judged(end)
  assert.deepEqual(first(report), ['backend-dropped', 'likely'])
  const causes = report.verdicts.map(({ cause }) => cause)
  for (const cause of ['proxy-restart', 'middlebox-reset'] as const) assert.ok(!causes.includes(cause), cause)
  for (const { cause, certainty } of report.verdicts.slice(1)) assert.equal(certainty, 'possible', cause)
})

test('a pong that was still missing leaves open why the server ended it', () => {
  const end = { initiator: 'server', pings: 3, pongs: 2, missed_pongs: 1 } as const
  assert.notEqual(first(judged(end))[1], 'proven')
  assert.notDeepEqual(first(judged(end)), ['backend-dropped', 'likely'])
})

test('an end after a minute of silence points to an idle timer', () => {
  const causes = judged({ duration_ms: 90_000, silence_ms: 60_010, since_rx_ms: 60_010 }).verdicts.map(
    ({ cause }) => cause,
  )
  assert.ok(causes.slice(0, 2).includes('idle-timeout'), causes.join())
})

test('a process that ended with the connection is said to have ended, and one that fell silent is not', () => {
  for (const [process, says] of [
    ['ended', 'The backend’s process ended'],
    ['silent', 'No sign of life came from the backend’s process any more'],
  ] as const) {
    const report = judged({ process, reason: 'told by another' })
    assert.deepEqual(first(report), ['backend-dropped', 'likely'])
    assert.ok(report.verdicts[0]?.because.some((because) => because.says === says))
  }
})
