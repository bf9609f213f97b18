import assert from 'node:assert/strict'
import { test } from 'node:test'
import { privateCloseCodes, privateReadings } from '#lib/applications/close-codes.ts'
import {
  browserMaySend,
  closeCodeRanges,
  closeCodes,
  describeCloseCode,
  isApplicationCode,
  isLocalReport,
  isOrderlyEnd,
  mayTravel,
} from '#lib/protocol/close-codes.ts'

test('the registry is complete, ascending and without repetition', () => {
  const numbers = closeCodes.map(({ code }) => code)
  const protocol = Array.from({ length: 16 }, (_, index) => 1000 + index)
  assert.deepEqual(numbers, [...protocol, 3000, 3003, 3008])
})

test('the ranges cover every 16-bit number once', () => {
  let next = 0
  for (const { from, to } of closeCodeRanges) {
    assert.equal(from, next)
    next = to + 1
  }
  assert.equal(next, 65536)
})

test('a page may send 1000 and 3000 to 4999, and nothing beside', () => {
  for (const code of [1000, 3000, 3999, 4000, 4999]) assert.equal(browserMaySend(code), true, `${code}`)
  for (const code of [0, 999, 1001, 1005, 1011, 2999, 5000])
    assert.equal(browserMaySend(code), false, `${code}`)
})

test('local reports never travel, protocol codes do', () => {
  for (const code of [1004, 1005, 1006, 1015, 1016, 2999, 5000]) {
    assert.equal(mayTravel(code), false, `${code}`)
    assert.equal(describeCloseCode(code).sender, 'nobody', `${code}`)
  }
  for (const code of [1000, 1001, 1011, 1014, 3000, 4999]) assert.equal(mayTravel(code), true, `${code}`)
})

test('what only an API reports is 1005, 1006 and 1015, and none of them travels', () => {
  const reports = Array.from({ length: 65_536 }, (_, code) => code).filter(isLocalReport)
  assert.deepEqual(reports, [1005, 1006, 1015])
  for (const code of reports) assert.equal(mayTravel(code), false)
})

test('what a page may send may travel, and is 1000 or its own', () => {
  for (let code = 0; code < 65_536; code += 1) {
    if (browserMaySend(code)) assert.ok(mayTravel(code), `${code}`)
    assert.equal(browserMaySend(code), code === 1000 || isApplicationCode(code), `${code}`)
  }
})

test('an orderly end is done, left or without a code, not a loss', () => {
  for (const code of [1000, 1001, 1005]) assert.ok(isOrderlyEnd(code))
  for (const code of [1002, 1006, 1011, 1012, 1015, 4000]) assert.ok(!isOrderlyEnd(code))
})

test('every entry says the same about travelling as the rule', () => {
  for (const { code, sender } of closeCodes) assert.equal(sender !== 'nobody', mayTravel(code), `${code}`)
})

test('an unknown code is described by its range', () => {
  assert.match(describeCloseCode(4321).meaning, /application/)
  assert.match(describeCloseCode(3001).meaning, /not registered/)
  assert.match(describeCloseCode(2000).differs ?? '', /Chrome and Firefox accept/)
  assert.equal(describeCloseCode(70_000).name, 'Not used')
  assert.equal(describeCloseCode(-1).sender, 'nobody')
})

test('private readings name the protocol, checked ones first', () => {
  assert.deepEqual(
    privateReadings(4401).map(({ by }) => by),
    ['GraphQL over WebSocket', 'Centrifugo'],
  )
  assert.deepEqual(privateReadings(1006), [])
  for (const { from, to } of privateCloseCodes) assert.ok(from >= 3000 && to <= 4999 && from <= to)
})
