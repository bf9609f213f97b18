import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeCodeIn, isAddress } from '#components/diagnose/ask/address.ts'

test('a close code of the protocol is read, a port of a development server is opened', () => {
  for (const text of ['1006', ' 1011\n', '1000', '1015']) {
    assert.equal(closeCodeIn(text), text.trim())
    assert.equal(isAddress(text), false, text)
  }
  for (const text of ['3000', '4000', '8080', '1016', '10060', 'localhost:1006'])
    assert.equal(isAddress(text), true, text)
})
