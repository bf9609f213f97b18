/** Frames as they are written, held against those of `ws`, and read back: by the rules and against them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as ws from 'ws'
import { asciiFrame, encodeFrame, headerLength, opcodes, readHeader } from '#server/wire/frame.ts'
import {
  anyMask,
  encodeClosePayload,
  encodeRawFrame,
  masked,
  payloadOf,
  readClosePayload,
} from '#server/wire/raw-frame.ts'

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]
const bytesOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, at) => (at * 7) & 0xff))

/** Exported, and not in the types. */
const sender: { frame(payload: Buffer, options: object): Buffer[] } = Reflect.get(ws, 'Sender')

function ofWs(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat(sender.frame(payload, { fin: true, mask: false, opcode, readOnly: true, rsv1: false }))
}

describe('a frame of ours', () => {
  for (const size of sizes) {
    test(`is that of ws, with ${size} bytes of payload`, () => {
      for (const opcode of [opcodes.text, opcodes.binary, opcodes.ping, opcodes.pong]) {
        assert.deepEqual(encodeFrame(opcode, bytesOf(size)), ofWs(opcode, bytesOf(size)))
        assert.deepEqual(encodeRawFrame({ opcode, payload: bytesOf(size) }), ofWs(opcode, bytesOf(size)))
      }
      const ascii = 'x'.repeat(size)
      assert.deepEqual(encodeFrame(opcodes.text, ascii), ofWs(opcodes.text, Buffer.from(ascii)))
      const string = asciiFrame(ascii)
      if (string !== undefined)
        assert.deepEqual(Buffer.from(string, 'latin1'), encodeFrame(opcodes.text, ascii))
    })
  }

  test('holds text beyond ASCII as UTF-8', () => {
    assert.deepEqual(encodeFrame(opcodes.text, 'ü😀'), ofWs(opcodes.text, Buffer.from('ü😀')))
  })
})

describe('a frame that is read', () => {
  for (const size of sizes) {
    test(`tells of ${size} bytes, masked and not`, () => {
      for (const mask of [undefined, anyMask]) {
        const frame = encodeRawFrame({
          opcode: opcodes.binary,
          payload: bytesOf(size),
          ...(mask && { mask }),
        })
        assert.equal(headerLength(frame), frame.length - size)
        assert.deepEqual(readHeader(frame), {
          opcode: 2,
          fin: true,
          rsv: 0,
          masked: mask !== undefined,
          length: size,
        })
        const payload = payloadOf(frame)
        assert.deepEqual(mask ? masked(payload, mask) : payload, bytesOf(size))
      }
    })
  }

  test('asks for more bytes until the header is there', () => {
    const frame = encodeRawFrame({ opcode: 1, payload: bytesOf(70_000), mask: anyMask })
    assert.deepEqual(
      [0, 1, 2, 5, 14].map((count) => headerLength(frame.subarray(0, count))),
      [2, 2, 14, 14, 14],
    )
  })

  test('is told apart where it breaks the rules', () => {
    const of = (frame: Partial<Parameters<typeof encodeRawFrame>[0]>) =>
      readHeader(encodeRawFrame({ opcode: 1, payload: bytesOf(3), ...frame }))
    assert.equal(of({ reserved: 5 }).rsv, 5)
    assert.equal(of({ opcode: 11 }).opcode, 11)
    assert.equal(of({ announcedLength: 2 ** 40 }).length, 2 ** 40)
    assert.equal(of({ announcedLength: 125 }).length, 125)
    assert.deepEqual([of({ lengthBytes: 2 }).length, of({ lengthBytes: 2 }).minimal], [3, false])
    assert.deepEqual([of({ lengthBytes: 8 }).length, of({ lengthBytes: 8 }).minimal], [3, false])
    assert.equal(of({ payload: bytesOf(126), lengthBytes: 2 }).minimal, undefined)
    assert.equal(of({ payload: bytesOf(65_535), lengthBytes: 8 }).minimal, false)
  })
})

test('a mask goes on where the bytes before ended', () => {
  const whole = masked(bytesOf(11), anyMask)
  assert.deepEqual(
    Buffer.concat([masked(bytesOf(11).subarray(0, 5), anyMask), masked(bytesOf(11).subarray(5), anyMask, 5)]),
    whole,
  )
})

test('the payload of a Close frame is written and read', () => {
  for (const [code, reason] of [
    [1000, ''],
    [4001, 'später'],
    [0, 'x'],
    [65_535, ''],
  ] as const) {
    assert.deepEqual(readClosePayload(encodeClosePayload(code, reason)), { code, reason, broken: false })
  }
  assert.deepEqual(encodeClosePayload(1005, 'never told'), Buffer.alloc(0))
  assert.deepEqual(readClosePayload(Buffer.alloc(0)), { code: null, reason: '', broken: false })
  assert.equal(readClosePayload(Buffer.from([3])).broken, true)
  assert.equal(readClosePayload(Buffer.from([3, 0xe8, 0xff])).broken, true)
})
