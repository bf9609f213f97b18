import assert from 'node:assert/strict'
import { test } from 'node:test'
import { severalAmong } from '#lib/protocol/instances.ts'

const told = (names: string) => [...names].map((instance) => ({ instance }))

test('servers that take turns are several', () => {
  assert.equal(severalAmong(told('aabba')), true)
})

test('one server, and one that was restarted, are one at a time', () => {
  assert.equal(severalAmong(told('')), false)
  assert.equal(severalAmong(told('aaa')), false)
  assert.equal(severalAmong(told('aabbc')), false)
})
