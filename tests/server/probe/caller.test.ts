import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '#server/probe/caller.ts'

const LOCAL = [
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost:9000' } },
  { remoteAddress: '::1', headers: { host: '[::1]:9000' } },
  { remoteAddress: '::ffff:127.0.0.1', headers: { host: '127.0.0.1' } },
]

const REMOTE = [
  { remoteAddress: '192.168.1.5', headers: { host: 'localhost:9000' } },
  { remoteAddress: undefined, headers: { host: 'localhost:9000' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'why.example' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost.example' } },
  { remoteAddress: '127.0.0.1', headers: {} },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', 'x-forwarded-for': '203.0.113.5' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', forwarded: 'for=203.0.113.5' } },
  { remoteAddress: '127.0.0.1', headers: { host: 'localhost', via: '1.1 proxy' } },
]

test('local: a loopback peer that asks for a loopback host, with no proxy between', () => {
  for (const asking of LOCAL) assert.equal(callerOf(asking), 'local', JSON.stringify(asking))
})

test('remote: whoever lacks one of these', () => {
  for (const asking of REMOTE) assert.equal(callerOf(asking), 'remote', JSON.stringify(asking))
})
