import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countHandshakes, longestChromeDelayMs } from '#lib/record/chrome-delay.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import { createRing } from '#lib/store/kit/ring.ts'

function connection(samples: Sample[], phase: 'connecting' | 'closed' = 'closed') {
  const ring = createRing<Sample>(100)
  for (const sample of samples) ring.push(sample)
  return { samples: ring.view(), state: { phase } as Connection['state'] }
}

const failedAt = (at: number): Sample[] => [
  { kind: 'reconnect', at: at - 1, attempt: 2 },
  { kind: 'close', at, code: 1006 },
]

test('a few failures delay nothing that can be felt, sixteen delay by up to five seconds', () => {
  assert.equal(longestChromeDelayMs({ failed: 2, succeeded: 0, pending: 1 }), 0)
  assert.equal(longestChromeDelayMs({ failed: 12, succeeded: 0, pending: 0 }), 312)
  assert.equal(longestChromeDelayMs({ failed: 40, succeeded: 0, pending: 3 }), 5000)
})

test('each success halves the weight of the failures, and handshakes under way count in full', () => {
  assert.equal(longestChromeDelayMs({ failed: 30, succeeded: 2, pending: 0 }), 78)
  assert.equal(longestChromeDelayMs({ failed: 0, succeeded: 50, pending: 14 }), 1250)
})

test('a close that no opening came before was a failed handshake, a close after one was not', () => {
  const dropped = connection([
    { kind: 'open', at: 1000, attempt: 1 },
    { kind: 'page-rtt', at: 1500, ms: 2 },
    { kind: 'close', at: 2000, code: 1006 },
    ...failedAt(3000),
    ...failedAt(4000),
  ])
  assert.deepEqual(countHandshakes([dropped], 0), { failed: 2, succeeded: 1, pending: 0 })
  const never = connection([{ kind: 'close', at: 500, code: 1006 }])
  assert.deepEqual(countHandshakes([dropped, never], 0), { failed: 3, succeeded: 1, pending: 0 })
})

test('what happened before the counted time is left out, and a connection that is opening is under way', () => {
  const opening = connection([...failedAt(1000), ...failedAt(5000)], 'connecting')
  assert.deepEqual(countHandshakes([opening], 2000), { failed: 1, succeeded: 0, pending: 1 })
})
