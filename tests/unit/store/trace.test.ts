import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTrace, traceOf, withTrace } from '#lib/store/connection/trace.ts'

describe('trace', () => {
  it('is a token that the server takes', () => {
    let seed = 0
    const trace = createTrace(() => {
      seed = (seed + 0.37) % 1
      return seed
    })
    assert.match(trace, /^[A-Za-z0-9_-]{1,64}$/)
  })

  it('is appended without touching the rest of the query', () => {
    assert.equal(withTrace('ws://a/ws', 't'), 'ws://a/ws?trace=t')
    assert.equal(withTrace('ws://a/ws?q=%20+', 't'), 'ws://a/ws?q=%20+&trace=t')
    assert.equal(withTrace('ws://a/ws?trace=mine', 't'), 'ws://a/ws?trace=mine')
    assert.equal(traceOf('ws://a/ws?trace=mine'), 'mine')
  })
})
