import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { Signs } from '#lib/applications/application.ts'
import { applications } from '#lib/applications/applications.ts'
import { recognize } from '#lib/applications/recognize.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { programs } from '#lib/words/programs.ts'

const PROTOCOLS = new URL('../../../lib/applications/protocols/', import.meta.url)

const known = (signs: Omit<Signs, 'url'> & { url?: string }) => {
  const found = recognize({ ...signs, url: signs.url === undefined ? undefined : new URL(signs.url) })
  return found && [found.application.id, found.by]
}

test('the list has every protocol of its folder', () => {
  const files = readdirSync(PROTOCOLS).map((name) => name.replace(/\.ts$/, ''))
  const ids = applications.map(({ id }) => id.replace('.', '-'))
  assert.deepEqual(ids.toSorted(), files.toSorted())
})

test('protocols name programs of the phrasebook and causes of the playbook', () => {
  const ids = programs.map(({ id }) => id)
  for (const { words, fixes = {} } of applications) {
    assert.deepEqual(
      words.filter((word) => !ids.includes(word)),
      [],
    )
    assert.deepEqual(
      Object.keys(fixes).filter((id) => causeOf(id) === undefined),
      [],
    )
  }
})

test('an address that only one protocol has is enough', () => {
  assert.deepEqual(known({ url: 'wss://a.example/socket.io/?EIO=4&transport=websocket' }), [
    'socket.io',
    'address',
  ])
  assert.deepEqual(known({ url: 'wss://a.example/live/?EIO=3' }), ['socket.io', 'address'])
  assert.deepEqual(known({ url: 'wss://a.example/hub/negotiate?negotiateVersion=1' }), ['signalr', 'address'])
})

test('a message or an answer is, whatever the address', () => {
  const url = 'wss://a.example/ws'
  assert.deepEqual(known({ url, messages: ['0{"sid":"***","upgrades":[],"pingInterval":25000}'] }), [
    'socket.io',
    'message',
  ])
  assert.deepEqual(known({ url, answer: '{"code":3,"message":"Bad request"}' }), ['socket.io', 'answer'])
  assert.deepEqual(known({ url, messages: ['{"type":6}\u001e'] }), ['signalr', 'message'])
})

test('what anybody may say shows nothing', () => {
  for (const signs of [
    { url: 'wss://a.example/' },
    { url: 'wss://a.example/ws', messages: ['hello', '0', '{"type":6}', '{"code":3}', '0{"id":1}'] },
    { url: 'wss://a.example/ws', answer: '{"code":7,"message":"Forbidden"}' },
  ])
    assert.equal(known(signs), undefined)
})
