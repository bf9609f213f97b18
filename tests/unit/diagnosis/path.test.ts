import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { pathOf } from '#lib/diagnosis/path.ts'
import { stationIds } from '#lib/diagnosis/stations.ts'
import type { Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'

const reached: ProbeEvidence = {
  dns: { outcome: 'ok', ms: 12 },
  tcp: { outcome: 'connected', ms: 30 },
  tls: { outcome: 'ok', protocol: 'TLSv1.3', ms: 71 },
}
const opened: ProbeEvidence = {
  ...reached,
  http: { status: 101, headers: [['Server', 'nginx/1.22.1']], ms: 80 },
  checks: { accept: true, upgrade: true },
}

const statesOf = (evidence: Evidence) => pathOf(evidence).map(({ state }) => state)
const station = (probe: ProbeEvidence, id: (typeof stationIds)[number]) =>
  pathOf({ target: { url: 'wss://a.example/ws' }, probe }).find((one) => one.id === id)

test('nothing is reached before anything was seen', () => {
  assert.deepEqual(
    statesOf({}),
    stationIds.map(() => 'waiting'),
  )
})

test('what lies before the running stage is under way, what was found has passed', () => {
  const states = pathOf({ probe: { dns: { outcome: 'ok', ms: 3 } } }, 'tcp').map(({ state }) => state)
  assert.deepEqual(states.slice(0, 4), ['active', 'passed', 'active', 'waiting'])
})

test('each stretch is the time since the station before', () => {
  assert.deepEqual(
    ['dns', 'tcp', 'tls', 'upgrade'].map(
      (id) => pathOf({ probe: opened }).find((one) => one.id === id)?.says,
    ),
    ['12 ms', '18 ms', '1.3, 41 ms', '9 ms'],
  )
})

test('a refusal breaks the way at the upgrade, behind the proxy that shows itself', () => {
  const probe = {
    ...reached,
    http: { status: 426, headers: [['Server', 'nginx']] as [string, string][], ms: 90 },
  }
  assert.deepEqual(station(probe, 'proxy')?.state, 'passed')
  assert.deepEqual(station(probe, 'upgrade'), { id: 'upgrade', state: 'broken', says: '426' })
  assert.equal(station(probe, 'frames')?.state, 'waiting')
})

test('a failed certificate says in a word what is wrong, and the code beside', () => {
  const probe = { ...reached, tls: { outcome: 'error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }
  assert.deepEqual(station(probe, 'tls'), {
    id: 'tls',
    state: 'broken',
    says: 'self-signed',
    whole: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  })
})

test('ws:// has no TLS, once TCP is behind; before that nobody can tell', () => {
  const at = (probe: ProbeEvidence) =>
    pathOf({ target: { url: 'ws://a.example/' }, probe }).find(({ id }) => id === 'tls')?.state
  assert.equal(at({ tcp: { outcome: 'connected' } }), 'skipped')
  assert.equal(at({ tcp: { outcome: 'refused' } }), 'waiting')
})

test('a 101 with a wrong accept is broken, and names what is wrong', () => {
  const probe = { ...opened, checks: { accept: false } }
  assert.equal(station(probe, 'upgrade')?.whole, 'wrong in the 101: accept')
})

test('a masked frame breaks the frames, a missing pong the heartbeat, a reset the close', () => {
  const probe: ProbeEvidence = {
    ...opened,
    frames: [{ opcode: 1, masked: true }],
    ping: { rtt_ms: null },
    end: { kind: 'rst' },
  }
  assert.deepEqual(
    (['frames', 'heartbeat', 'close'] as const).map((id) => station(probe, id)?.says),
    ['masked', 'no pong', 'reset'],
  )
})

test('every broken rule of the protocol breaks the frames, and the whole sentence stands beside', () => {
  const frames = [
    { opcode: 1, fin: false },
    { opcode: 1, fin: true },
  ]
  const { state, whole } = station({ ...opened, frames, end: { kind: 'open' } }, 'frames') ?? {}
  assert.deepEqual([state, /RFC 6455 §5\.4/.test(whole ?? '')], ['broken', true])
})

test('a connection over HTTP/2 opens with 200', () => {
  const probe = { ...opened, http: { status: 200, version: '2', ms: 80 }, frames: [], end: { kind: 'open' } }
  assert.deepEqual(
    (['upgrade', 'frames', 'close'] as const).map((id) => station(probe, id)?.state),
    ['passed', 'passed', 'passed'],
  )
})

test('a server that closes at once owes no pong, one that stayed for a second does', () => {
  const closedAt = (ms: number) =>
    station({ ...opened, ping: { rtt_ms: null }, end: { kind: 'close_frame', code: 1008, ms } }, 'heartbeat')
  assert.equal(closedAt(130)?.state, 'waiting')
  assert.equal(closedAt(1080)?.says, 'no pong')
})

test('behind a 101 that is not valid nothing is reached, whatever the probe saw of the end', () => {
  const probe: ProbeEvidence = { ...opened, checks: { subprotocol: false }, end: { kind: 'open', ms: 90 } }
  assert.equal(station(probe, 'close')?.state, 'waiting')
})

test('behind bytes that break the protocol nothing more was watched', () => {
  const probe: ProbeEvidence = {
    ...opened,
    frames: [{ opcode: 1, masked: true }],
    ping: { rtt_ms: null },
    end: { kind: 'open', ms: 300 },
  }
  assert.deepEqual(
    (['heartbeat', 'close'] as const).map((id) => station(probe, id)?.state),
    ['waiting', 'waiting'],
  )
})

test('a close by the probe itself is the planned end, one by the server is not', () => {
  const by = (end: ProbeEvidence['end']) => station({ ...opened, end }, 'close')?.state
  assert.equal(by({ kind: 'close_frame', code: 1000, by: 'probe' }), 'passed')
  assert.equal(by({ kind: 'close_frame', code: 1011 }), 'broken')
})

test('a browser that refused breaks the way at its beginning; a close event it saw does not', () => {
  const at = (events: { type: string }[]) => pathOf({ browser: { events } })[0]?.state
  assert.equal(at([{ type: 'exception' }]), 'broken')
  assert.equal(at([{ type: 'error' }, { type: 'close' }]), 'noted')
})

test('what a message tells is on the path, and who answered is not known from it', () => {
  const evidence: Evidence = {
    target: { url: 'wss://board.test/live' },
    browser: {
      console: [
        "WebSocket connection to 'wss://board.test/live' failed: Error during WebSocket handshake: Unexpected response code: 403",
      ],
    },
  }
  const { ending } = diagnose(evidence)
  const stations = new Map(pathOf(evidence, null, ending).map((one) => [one.id, one]))
  assert.deepEqual(stations.get('upgrade'), { id: 'upgrade', state: 'broken', says: '403' })
  assert.equal(stations.get('tls')?.state, 'passed')
  assert.equal(stations.get('proxy')?.state, 'unknown')
  assert.match(String(stations.get('proxy')?.whole), /is not known from this text/)
  assert.equal(stations.get('close')?.state, 'waiting')
})

test('the proxy whose log was brought is on the path', () => {
  const log = '203.0.113.9 - - [20/Nov/2026:09:06:00 +0000] "GET /ws HTTP/1.1" 502 150 "-" "Mozilla/5.0"'
  const evidence: Evidence = {
    target: { url: 'ws://board.test/ws' },
    proxy: { kind: 'nginx', access_log: [log] },
  }
  const { ending } = diagnose(evidence)
  const states = pathOf(evidence, null, ending).map(({ id, state, says }) => [id, state, says])
  assert.deepEqual(states[4], ['proxy', 'passed', 'nginx'])
  assert.deepEqual(states[5], ['upgrade', 'broken', '502'])
  assert.deepEqual(states[3], ['tls', 'skipped', 'none'])
})

test('a report of a probe tells no ending beside it', () => {
  assert.equal(diagnose({ probe: reached }).ending, undefined)
})
