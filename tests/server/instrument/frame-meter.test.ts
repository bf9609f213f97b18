import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameMeter } from '#server/instrument/frame-meter.ts'
import { opcodes } from '#server/wire/frame.ts'
import { anyMask, encodeClosePayload, encodeRawFrame } from '#server/wire/raw-frame.ts'

function meter() {
  const seen: number[] = []
  const listener = { message() {}, single() {}, control: (opcode: number) => void seen.push(opcode) }
  return { seen, meter: new FrameMeter(listener) }
}

const closeFrames = [undefined, anyMask].flatMap((mask) =>
  [1005, 1001].map((code) =>
    encodeRawFrame({
      opcode: opcodes.close,
      payload: encodeClosePayload(code, 'away'),
      ...(mask && { mask }),
    }),
  ),
)

const others = [undefined, anyMask].flatMap((mask) =>
  [opcodes.text, opcodes.continuation, opcodes.ping, opcodes.pong].flatMap((opcode) =>
    [0, 1, 2, 100].map((length) =>
      encodeRawFrame({ opcode, payload: Buffer.alloc(length, 0x61), ...(mask && { mask }) }),
    ),
  ),
)

test('a Close frame is no traffic, wherever it is cut', () => {
  for (const frame of closeFrames)
    for (let at = 0; at <= frame.length; at += 1) {
      const { meter: whole, seen } = meter()
      for (const part of [frame.subarray(0, at), frame.subarray(at)])
        assert.equal(part.length > 0 && whole.push(part), false, `${frame.toString('hex')} cut at ${at}`)
      assert.deepEqual(seen, [opcodes.close])
    }
})

test('any other frame is, alone and beside a Close frame, in each of its bytes', () => {
  for (const frame of others) {
    const one = meter().meter
    for (const byte of frame) assert.equal(one.push(Buffer.from([byte])), true, frame.toString('hex'))
    for (const close of closeFrames) {
      assert.equal(meter().meter.push(Buffer.concat([frame, close])), true)
      assert.equal(meter().meter.push(Buffer.concat([close, frame])), true)
    }
  }
})

test('what is no frame is traffic', () => {
  const { meter: lost } = meter()
  assert.equal(lost.push(Buffer.from([0x89, 0x7e, 0xff, 0xff])), true)
  assert.equal(lost.push(closeFrames[0] ?? Buffer.alloc(0)), true)
})
