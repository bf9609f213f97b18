import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidatesFor, namesOf, timers, toleranceSeconds } from '#lib/playbook/intermediaries/candidates.ts'
import { hops, hopsOf } from '#lib/playbook/intermediaries/hops.ts'

test('60 s of silence is said to be ambiguous, with nginx among the certain ones', () => {
  const names = namesOf(candidatesFor({ kind: 'idle', seconds: 60.02 }))
  for (const who of ['nginx', 'AWS Application Load Balancer', 'Apache httpd', 'Phoenix or Cowboy']) {
    assert.ok(names.includes(who), who)
  }
})

test('a header puts its hop first', () => {
  const [first] = candidatesFor({
    kind: 'idle',
    seconds: 60,
    headers: [['Server', 'Apache/2.4.71 (Debian)']],
  })
  assert.equal(first?.who, 'Apache httpd')
  assert.equal(first?.shownByHeader, true)
})

test('a lifetime of 30 s is not taken for an idle time of 30 s', () => {
  const lifetime = namesOf(candidatesFor({ kind: 'lifetime', seconds: 30 }))
  assert.deepEqual(lifetime, ['Google Cloud external HTTP(S) load balancer'])
  assert.ok(!namesOf(candidatesFor({ kind: 'idle', seconds: 30 })).includes(lifetime[0] ?? ''))
})

test('tolerance is 1.5 s for short times and 2 % for long ones', () => {
  assert.equal(toleranceSeconds(10), 1.5)
  assert.equal(toleranceSeconds(600), 12)
  assert.ok(namesOf(candidatesFor({ kind: 'idle', seconds: 611 })).includes('AWS API Gateway'))
  assert.ok(!namesOf(candidatesFor({ kind: 'idle', seconds: 613 })).includes('AWS API Gateway'))
})

test('a span fits anywhere within it', () => {
  assert.ok(
    namesOf(candidatesFor({ kind: 'missed-pong', seconds: 45 })).includes('uvicorn or Python websockets'),
  )
  assert.ok(
    !namesOf(candidatesFor({ kind: 'missed-pong', seconds: 53 })).includes('uvicorn or Python websockets'),
  )
})

test('nothing is known of 7 s', () => {
  assert.deepEqual(candidatesFor({ kind: 'idle', seconds: 8 }), [])
})

test('every timer names its source, and every hop it names exists', () => {
  const known = new Set(hops.map(({ id }) => id))
  for (const timer of timers) {
    assert.ok(timer.source.label.length > 0 && timer.cut.length > 0, timer.who)
    assert.ok(timer.hop === undefined || known.has(timer.hop), timer.hop)
    if (timer.source.label === 'common knowledge') assert.equal(timer.certain, false, timer.who)
  }
})

test('hops are read from headers in any case, and a foreign server shows none', () => {
  assert.deepEqual(
    hopsOf([
      ['SERVER', 'nginx/1.22.1'],
      ['CF-Ray', '8a-AMS'],
    ]).map(({ id }) => id),
    ['nginx', 'cloudflare'],
  )
  assert.deepEqual(
    hopsOf([
      ['Server', 'uvicorn'],
      ['Date', 'x'],
    ]),
    [],
  )
})
