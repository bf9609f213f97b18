import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { plainText } from '#server/cli/plain-text.ts'

const MOST = 1000

describe('bytes that were given as a text', () => {
  it('are UTF-8 where nothing else is known of them', () => {
    assert.equal(plainText(Buffer.from('onclose 1006 – bye'), MOST), 'onclose 1006 – bye')
    assert.equal(plainText(Buffer.alloc(0), MOST), '')
  })

  it('are unpacked where gzip or zstd packed them, also twice', () => {
    const packed = gzipSync('upstream timed out')
    assert.equal(plainText(packed, MOST), 'upstream timed out')
    assert.equal(plainText(gzipSync(packed), MOST), 'upstream timed out')
    assert.equal(plainText(zstdCompressSync('upstream timed out'), MOST), 'upstream timed out')
  })

  it('are not unpacked to more than was asked for', () => {
    assert.throws(() => plainText(gzipSync('a'.repeat(MOST + 1)), MOST), /It is larger than/)
  })

  it('are called damaged where they cannot be unpacked', () => {
    assert.throws(() => plainText(gzipSync('a'.repeat(500)).subarray(0, 20), MOST), /damaged or cut off/)
  })

  it('are UTF-16 where they begin so, as what PowerShell writes', () => {
    const little = Buffer.from('\ufeffclosed 1006', 'utf16le')
    assert.equal(plainText(little, MOST), 'closed 1006')
    assert.equal(plainText(Buffer.from(little).swap16(), MOST), 'closed 1006')
  })

  const others: [string, number[], RegExp][] = [
    ['a zip archive', [0x50, 0x4b, 3, 4], /zip archive\. Unpack it first/],
    ['a capture', [0xd4, 0xc3, 0xb2, 0xa1], /capture of packets\. Give the log of the client/],
    ['a picture', [0x89, 0x50, 0x4e, 0x47], /picture\. Copy the text/],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /xzcat/],
    ['anything else', [0x41, 0, 0x42], /binary file/],
  ]
  for (const [name, bytes, says] of others) {
    it(`are refused with what to do: ${name}`, () => {
      assert.throws(() => plainText(Buffer.from(bytes), MOST), says)
    })
  }
})
