import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { acceptOf, isAccept, isKey } from '#lib/protocol/accept-key.ts'

describe('the accept value of a key', () => {
  it('is that of RFC 6455', () => {
    assert.equal(acceptOf('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
  })

  it('is what the platform’s SHA-1 gives, whatever the length', () => {
    for (let length = 0; length < 150; length++) {
      const key = randomBytes(length).toString('base64')
      const expected = createHash('sha1')
        .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64')
      assert.equal(acceptOf(key), expected)
    }
  })

  it('tells keys from what somebody put in their place', () => {
    assert.ok(isKey(randomBytes(16).toString('base64')))
    assert.ok(isAccept(randomBytes(20).toString('base64')))
    for (const other of ['', '...', 'xxxx==', '<redacted>', 'YOUR_KEY']) {
      assert.ok(!isKey(other))
      assert.ok(!isAccept(other))
    }
  })
})
