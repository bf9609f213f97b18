import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'

const openedAt = 1_795_165_471

function life(
  client_id: string,
  at: number,
  seconds: number,
  code: number,
  pongTimeout = false,
): DiagnosticEvent[] {
  const own = { instance: 'api-1', client_id, endpoint: '/ws' }
  const ended = at + seconds
  return [
    {
      ...own,
      id: `${client_id}1`,
      at,
      kind: 'attempt',
      address: '10.0.0.2',
      url: '/ws',
      scheme: 'ws',
      http_version: '1.1',
      origin: 'https://app.example',
      upgrade: 'websocket',
      connection: 'Upgrade',
    },
    {
      ...own,
      id: `${client_id}2`,
      at,
      kind: 'accepted',
      ping_interval_seconds: 30,
      ping_timeout_seconds: 10,
    },
    ...(pongTimeout
      ? [
          {
            ...own,
            id: `${client_id}3`,
            at: ended,
            kind: 'pong_timeout',
            ping_number: 1,
            waited_ms: 10_000,
          } as const,
        ]
      : []),
    {
      ...own,
      id: `${client_id}4`,
      at: ended,
      kind: 'disconnected',
      close_code: code,
      reason: '',
      duration_ms: seconds * 1000,
      pings: 0,
      pongs: 0,
      initiator: code === 1006 ? 'network' : 'client',
    },
  ]
}

test('the connection’s events become the backend’s, the others its peers', () => {
  const events = [...life('a', openedAt, 60, 1006), ...life('b', openedAt + 5, 70, 1000)]
  const { server, peers } = evidenceFromJournal(events, 'a')
  assert.deepEqual(
    server?.map(({ ms, type }) => [ms, type]),
    [
      [0, 'request'],
      [0, 'upgraded'],
      [60_000, 'close'],
    ],
  )
  assert.deepEqual(server?.[0]?.headers, [
    ['Origin', 'https://app.example'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ])
  assert.equal(peers?.length, 1)
  assert.equal(peers?.[0]?.code, 1000)
})

test('a missed pong is the verdict', () => {
  const evidence = evidenceFromJournal(life('a', openedAt, 40, 1006, true), 'a')
  assert.equal(diagnose(evidence).verdicts[0]?.cause, 'pong-timeout')
})

test('equal ages of the peers speak for a timer', () => {
  const events = Array.from({ length: 10 }, (_, index) =>
    life(`c${index}`, openedAt + index * 7, 60, 1006),
  ).flat()
  const causes = diagnose(evidenceFromJournal(events, 'c0')).verdicts.slice(0, 2)
  assert.ok(causes.some(({ cause }) => cause === 'idle-timeout'))
})

test('a refusal over the origin is told as such', () => {
  const own = { instance: 'api-1', client_id: 'a', endpoint: '/ws' }
  const [attempt] = life('a', openedAt, 1, 1000)
  assert.ok(attempt)
  const rejected: DiagnosticEvent = {
    ...own,
    id: 'a9',
    at: openedAt,
    kind: 'rejected',
    cause: 'origin',
    reason: 'Origin not in allowed list',
    status: 403,
  }
  assert.equal(diagnose(evidenceFromJournal([attempt, rejected], 'a')).verdicts[0]?.cause, 'origin-rejected')
})

test('an unknown client is absent, not empty', () => {
  assert.equal('server' in evidenceFromJournal(life('a', openedAt, 60, 1006), 'z'), false)
})
