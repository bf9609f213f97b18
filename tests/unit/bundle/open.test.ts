/** A bundle comes from anybody: what it claims, and what it hides, costs no more than the bounds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { plainName } from '#lib/bundle/format.ts'
import { BundleError, looksLikeZip, openBundle } from '#lib/bundle/open.ts'

const manifest = JSON.stringify({
  format: 'why1006-bundle',
  version: 1,
  made: 1,
  why1006: '0.1.0',
  node: 'v24',
  platform: 'linux x64',
  instance: 'i',
  parts: [],
})

const zip = (files: Record<string, string>, options?: { level: 0 }) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), options)

const refusal = (bytes: Uint8Array, bounds?: Parameters<typeof openBundle>[1]): string => {
  try {
    openBundle(bytes, bounds)
  } catch (error) {
    assert.ok(error instanceof BundleError, String(error))
    return error.message
  }
  return 'none'
}

test('names that lead elsewhere are not read', () => {
  const { sources, reports } = openBundle(
    zip({
      'manifest.json': manifest,
      'events.ndjson': '{"kind":"server"}\n',
      '../events.ndjson': 'a',
      '/etc/passwd': 'b',
      'imported/../../x': 'c',
      'imported/.hidden': 'd',
      'imported/deep/er': 'e',
      'imported/good.log': 'f',
      'imported\\bad': 'g',
      'reports/../x.json': '{}',
      __proto__x: 'h',
      'README.txt': 'i',
    }),
  )
  assert.deepEqual(
    sources.map(({ file }) => file),
    ['events.ndjson', 'imported/good.log'],
  )
  assert.deepEqual(reports, [])
})

test('more files than anybody reads, and a file that unpacks to more than is read', () => {
  const many = Object.fromEntries(Array.from({ length: 1201 }, (_, at) => [`imported/${at}.log`, 'x']))
  const packed = zip({ 'manifest.json': manifest, ...many }, { level: 0 })
  assert.match(refusal(packed), /^This zip has more than 1200 files\.$/)
  const bomb = zip({ 'manifest.json': manifest, 'events.ndjson': 'a'.repeat(1_000_000) })
  assert.ok(bomb.length < 5000)
  const bounds = { entries: 10, fileBytes: 100_000, totalBytes: 1_000_000 }
  assert.match(refusal(bomb, bounds), /^Unpacked, events\.ndjson is larger than what is read\.$/)
  const several = zip({
    'manifest.json': manifest,
    'imported/a': 'a'.repeat(80_000),
    'imported/b': 'b'.repeat(80_000),
  })
  assert.match(refusal(several, { ...bounds, totalBytes: 100_000 }), /^Unpacked, imported\/b is larger/)
})

test('a file that claims to be smaller than it is stays within what it claims', () => {
  const bytes = zip({ 'manifest.json': manifest, 'events.ndjson': 'a'.repeat(1_000_000) })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // The size that the central directory has of it: 1,000,000 becomes 10.
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    if (view.getUint32(at, true) === 1_000_000) view.setUint32(at, 10, true)
  }
  const opened = (() => {
    try {
      return openBundle(bytes).sources
    } catch (error) {
      assert.ok(error instanceof BundleError)
      return []
    }
  })()
  assert.ok(opened.every(({ text }) => text.length <= 10))
})

test('another zip, a damaged one, and none at all are told apart', () => {
  assert.match(refusal(zip({ 'a.txt': 'a' })), /not a support bundle/)
  assert.match(refusal(zip({ 'manifest.json': '{"format":"other"}' })), /not a support bundle/)
  const whole = zip({ 'manifest.json': manifest })
  assert.match(refusal(whole.subarray(0, 40)), /cannot be read/)
  for (let at = 0; at < whole.length; at += 7) {
    const damaged = whole.slice()
    damaged[at] = (damaged[at] ?? 0) ^ 0xff
    refusal(damaged)
  }
  assert.equal(looksLikeZip(whole), true)
  assert.equal(looksLikeZip(strToU8('PKless')), false)
  assert.equal(looksLikeZip(new Uint8Array()), false)
})

test('a name is a name, whatever it was', () => {
  assert.equal(plainName('../../etc/passwd'), 'passwd')
  assert.equal(plainName('C:\\logs\\a b.log'), 'a b.log')
  assert.equal(plainName('..'), 'file')
  assert.equal(plainName('.env'), 'env')
  assert.equal(plainName('a\u202e\n<script>'), 'a___script_')
})
