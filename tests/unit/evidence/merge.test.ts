import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'

const PROBED: Evidence = {
  target: { url: 'wss://app.example/ws', subprotocols: ['chat'], page_origin: 'https://app.example' },
  probe: { origin: 'https://app.example', http: { status: 403 } },
  retries: [{ vary: { origin: null }, status: 101 }],
}
const TRIED: Evidence = {
  target: { url: 'wss://app.example/ws', page_origin: 'http://localhost:9000' },
  browser: {
    events: [
      { ms: 11, type: 'error' },
      { ms: 11, type: 'close', code: 1006 },
    ],
    online: true,
  },
}
const PASTED: Evidence = {
  target: { url: 'wss://other.example/', page_origin: 'https://elsewhere.example' },
  browser: { console: ['failed: 403'], events: [{ ms: 0, type: 'close', code: 1006 }] },
}

describe('merging evidence', () => {
  it('lays the probe and the browser side by side, and the origin is the page’s own to tell', () => {
    const merged = mergeEvidence(PROBED, TRIED)
    assert.deepEqual(merged.probe, PROBED.probe)
    assert.deepEqual(merged.retries, PROBED.retries)
    assert.deepEqual(merged.browser, TRIED.browser)
    assert.deepEqual(merged.target, { ...PROBED.target, page_origin: 'http://localhost:9000' })
  })

  it('keeps the page’s origin when a probe comes later, and takes its retries in place of older ones', () => {
    const again: Evidence = { target: PROBED.target, probe: { http: { status: 101 } } }
    const merged = mergeEvidence(mergeEvidence(PROBED, TRIED), again)
    assert.equal(merged.target?.page_origin, 'http://localhost:9000')
    assert.equal(merged.probe?.http?.status, 101)
    assert.equal(merged.retries, undefined)
  })

  it('adds retries that come alone', () => {
    const merged = mergeEvidence(PROBED, { retries: [{ vary: { scheme: 'wss' }, status: 400 }] })
    assert.equal(merged.retries?.length, 2)
  })

  it('keeps recorded events where console text only implies some, and keeps the text', () => {
    const merged = mergeEvidence(mergeEvidence(PROBED, TRIED), PASTED)
    assert.deepEqual(merged.browser?.events, TRIED.browser?.events)
    assert.deepEqual(merged.browser?.console, ['failed: 403'])
    assert.equal(merged.target?.url, 'wss://app.example/ws', 'the report stays about its address')
  })

  it('takes implied events where nothing was recorded, and a new recording in place of an old one', () => {
    assert.deepEqual(mergeEvidence(PROBED, PASTED).browser?.events, PASTED.browser?.events)
    const later: Evidence = { browser: { events: [{ ms: 7, type: 'open' }] } }
    assert.deepEqual(mergeEvidence(TRIED, later).browser?.events, [{ ms: 7, type: 'open' }])
  })

  it('joins logs and peers without repeating what was pasted twice', () => {
    const log: Evidence = {
      proxy: { kind: 'nginx', access_log: ['a', 'b'] },
      peers: [{ opened_ms: 0, closed_ms: 5 }],
    }
    const more: Evidence = { proxy: { access_log: ['b', 'c'], error_log: ['e'] }, peers: log.peers }
    const merged = mergeEvidence(mergeEvidence(log, more), more)
    assert.deepEqual(merged.proxy, { kind: 'nginx', access_log: ['a', 'b', 'c'], error_log: ['e'] })
    assert.equal(merged.peers?.length, 1)
  })

  it('keeps what it does not know, and changes neither document', () => {
    const base = Object.freeze({ ...PROBED, from_a_newer_recorder: 1 })
    const merged = mergeEvidence(base, Object.freeze({ ...TRIED, masked: ['header cookie'] }))
    assert.equal(merged.from_a_newer_recorder, 1)
    assert.deepEqual(merged.masked, ['header cookie'])
    assert.deepEqual(mergeEvidence(merged, {}), merged)
    assert.deepEqual(mergeEvidence({}, merged), merged)
  })

  it('keeps the newest of too many', () => {
    const lines = (from: number): Evidence => ({
      proxy: { access_log: Array.from({ length: 1500 }, (_, at) => `line ${from + at}`) },
    })
    const merged = mergeEvidence(lines(0), lines(1500)).proxy?.access_log ?? []
    assert.deepEqual([merged.length, merged.at(-1)], [2000, 'line 2999'])
  })
})
