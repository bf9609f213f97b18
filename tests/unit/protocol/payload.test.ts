import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkClose, longestReasonBytes } from '#lib/protocol/close-codes.ts'
import { clipPayload, sizeBytesOf, utf8Length } from '#lib/protocol/payload.ts'

// Lone surrogates included: they are sent as U+FFFD.
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
)
const encode = (value: string) => new TextEncoder().encode(value).length

describe('payload', () => {
  it('has the size that its encoding has', () => {
    fc.assert(fc.property(text, (value) => assert.equal(utf8Length(value), encode(value))))
    assert.equal(sizeBytesOf({ opcode: 'binary', bytes: new Uint8Array(7) }), 7)
  })

  it('is clipped to whole characters within the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        fc.integer({ min: 0, max: 60 }),
        (value, limit) => {
          const { payload, truncated } = clipPayload({ opcode: 'text', text: value }, limit)
          assert.ok(payload.opcode === 'text')
          assert.equal(truncated, encode(value) > limit)
          assert.ok(value.startsWith(payload.text))
          assert.ok(encode(payload.text) <= Math.max(limit, truncated ? limit : encode(value)))
          assert.equal(payload.text.isWellFormed(), value.isWellFormed() || payload.text.isWellFormed())
        },
      ),
    )
  })

  it('lets go of the bytes that are cut off', () => {
    const bytes = new Uint8Array(1_000)
    const { payload } = clipPayload({ opcode: 'binary', bytes }, 10)
    assert.equal(payload.opcode === 'binary' && payload.bytes.buffer.byteLength, 10)
  })
})

describe('close request', () => {
  it('allows 1000 and 3000 to 4999, and nothing else', () => {
    for (const code of [1000, 3000, 3999, 4000, 4999]) assert.equal(checkClose(code, ''), null)
    for (const code of [0, 999, 1001, 1006, 2999, 5000, 1000.5, Number.NaN]) {
      assert.equal(checkClose(code, '')?.code, 'close-code-not-allowed')
    }
  })

  it('allows a reason of 123 bytes in UTF-8, whatever its characters', () => {
    assert.equal(checkClose(1000, 'x'.repeat(longestReasonBytes)), null)
    assert.equal(checkClose(1000, '😀'.repeat(30)), null)
    const refusal = checkClose(1000, '😀'.repeat(31))
    assert.equal(refusal?.code === 'reason-too-long' && refusal.reasonBytes, 124)
  })
})
