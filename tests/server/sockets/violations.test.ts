/** What RFC 6455 forbids a client to send, and the close code that it gets. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, closeOf, openClient, payloadOf } from '#tests/server/support/client.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const mask = Buffer.from([1, 2, 3, 4])

interface Parts {
  readonly fin?: boolean
  readonly reserved?: number
  readonly opcode: number
  readonly payload?: Buffer | string
  readonly masked?: boolean
  /** 7 bits of the header, where they shall not tell the truth. */
  readonly length?: readonly number[]
}

function frame({ fin = true, reserved = 0, opcode, payload = '', masked = true, length }: Parts): Buffer {
  const body = Buffer.from(payload)
  const [first = body.length, ...extended] = length ?? []
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode, (masked ? 0x80 : 0) | first, ...extended]
  const data = masked ? Buffer.from(body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))) : body
  return Buffer.concat([Buffer.from(head), masked ? mask : Buffer.alloc(0), data])
}

const closing = (code: number, reason: Buffer | string = '') =>
  frame({ opcode: 8, payload: Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]) })
const badUtf8 = Buffer.from([0x61, 0xff])
const surrogate = Buffer.from([0xed, 0xa0, 0x80])

const violations: readonly [name: string, code: number, bytes: Buffer][] = [
  ['an unmasked frame', 1002, frame({ opcode: 1, payload: 'x', masked: false })],
  ['RSV1 without an extension', 1002, frame({ opcode: 1, reserved: 4 })],
  ['RSV2', 1002, frame({ opcode: 1, reserved: 2 })],
  ['RSV3', 1002, frame({ opcode: 1, reserved: 1 })],
  ['a reserved data opcode', 1002, frame({ opcode: 3 })],
  ['a reserved control opcode', 1002, frame({ opcode: 11 })],
  ['a fragmented ping', 1002, frame({ opcode: 9, fin: false })],
  ['a fragmented close', 1002, frame({ opcode: 8, fin: false })],
  ['a ping of 126 bytes', 1002, frame({ opcode: 9, payload: 'p'.repeat(126), length: [126, 0, 126] })],
  ['a continuation without a start', 1002, frame({ opcode: 0, payload: 'x' })],
  [
    'a new message inside another',
    1002,
    Buffer.concat([frame({ opcode: 1, fin: false, payload: 'a' }), frame({ opcode: 1, payload: 'b' })]),
  ],
  ['bad UTF-8 in text', 1007, frame({ opcode: 1, payload: badUtf8 })],
  ['a surrogate in text', 1007, frame({ opcode: 1, payload: surrogate })],
  [
    'a character cut by the end of the message',
    1007,
    Buffer.concat([
      frame({ opcode: 1, fin: false, payload: 'ok' }),
      frame({ opcode: 0, payload: Buffer.from([0xc3]) }),
    ]),
  ],
  ['a message above WS_MAX_PAYLOAD', 1009, frame({ opcode: 1, payload: 'x', length: [126, 0x08, 0x01] })],
  [
    'fragments above WS_MAX_PAYLOAD',
    1009,
    Buffer.concat([
      frame({ opcode: 2, fin: false, payload: 'x'.repeat(2000), length: [126, 0x07, 0xd0] }),
      frame({ opcode: 0, payload: 'x'.repeat(100) }),
    ]),
  ],
  [
    'a length beyond 2⁵³',
    1009,
    frame({ opcode: 2, length: [127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] }),
  ],
  ['a length of 5 in two bytes', 1002, frame({ opcode: 1, payload: 'hello', length: [126, 0, 5] })],
  [
    'a length of 125 in two bytes',
    1002,
    frame({ opcode: 2, payload: 'x'.repeat(125), length: [126, 0, 125] }),
  ],
  [
    'a length of 300 in eight bytes',
    1002,
    frame({ opcode: 1, payload: 'x'.repeat(300), length: [127, 0, 0, 0, 0, 0, 0, 1, 44] }),
  ],
  ['a close frame with half a code', 1002, frame({ opcode: 8, payload: Buffer.from([3]) })],
  ['close code 999', 1002, closing(999)],
  ['close code 1004', 1002, closing(1004)],
  ['close code 1005', 1002, closing(1005)],
  ['close code 1006', 1002, closing(1006)],
  ['close code 1015', 1002, closing(1015)],
  ['close code 2999', 1002, closing(2999)],
  ['close code 5000', 1002, closing(5000)],
  ['bad UTF-8 in a close reason', 1007, closing(1000, badUtf8)],
]

let server: TestServer

before(async () => {
  server = await startServer({ WS_MAX_PAYLOAD: '2048' })
})
after(() => server.app.close(0))

async function violate(bytes: Buffer, trace: string): Promise<Client> {
  const client = openClient(server.port, `/ws?trace=${trace}`)
  await client.response
  client.socket.write(bytes)
  return client
}

for (const [index, [name, code, bytes]] of violations.entries()) {
  test(`${name} is closed with ${code}, and the event says so`, async () => {
    const trace = `violation-${index}`
    const client = await violate(bytes, trace)
    assert.equal(closeOf(await client.nextFrame(8)).code, code)
    client.socket.end()
    const { close_code, reason, initiator } = await server.event('disconnected', trace)
    assert.equal(close_code, code)
    assert.equal(initiator, 'server')
    assert.notEqual(reason, '')
    const { code: error } = await server.event('error', trace)
    assert.match(error, /^WS_ERR_/)
  })
}

test('a message of 126 bytes in two bytes of length is taken, also when they come one by one', async () => {
  const client = openClient(server.port, '/ws/echo?trace=least')
  await client.response
  for (const byte of frame({ opcode: 2, payload: 'x'.repeat(126), length: [126, 0, 126] })) {
    client.socket.write(Buffer.from([byte]))
    await new Promise(setImmediate)
  }
  assert.equal(payloadOf(await client.nextFrame(2)).length, 126)
  client.close()
})

test('a message of exactly WS_MAX_PAYLOAD is taken', async () => {
  const payload = JSON.stringify('x'.repeat(2046))
  const client = await violate(frame({ opcode: 1, payload, length: [126, 0x08, 0x00] }), 'exact')
  assert.equal((await client.nextJson()).type, 'echo')
  client.close()
})

test('fragments with a ping between them are one message', async () => {
  const client = await violate(
    Buffer.concat([
      frame({ opcode: 1, fin: false, payload: '{"a":' }),
      frame({ opcode: 9, payload: 'between' }),
      frame({ opcode: 0, payload: '1}' }),
    ]),
    'fragments',
  )
  assert.equal((await client.nextFrame(10)).bytes.subarray(2).toString(), 'between')
  assert.deepEqual((await client.nextJson()).data, { a: 1 })
  client.close()
})

for (const code of [1000, 1001, 1003, 1011, 3000, 4999]) {
  test(`close ${code} comes back, with its reason in the event`, async () => {
    const trace = `close-${code}`
    const client = await violate(closing(code, 'done, "quoted"'), trace)
    assert.equal(closeOf(await client.nextFrame(8)).code, code)
    const { close_code, reason, initiator } = await server.event('disconnected', trace)
    assert.deepEqual(
      { close_code, reason, initiator },
      {
        close_code: code,
        reason: 'done, "quoted"',
        initiator: 'client',
      },
    )
  })
}

test('an empty close frame is 1005 to the events', async () => {
  await violate(frame({ opcode: 8 }), 'empty-close')
  const { close_code, initiator } = await server.event('disconnected', 'empty-close')
  assert.deepEqual({ close_code, initiator }, { close_code: 1005, initiator: 'client' })
})

test('a client that vanishes is 1006 by the network, with the word of the system after a reset', async () => {
  const gone = await violate(Buffer.alloc(0), 'fin')
  gone.socket.destroy()
  const fin = await server.event('disconnected', 'fin')
  assert.deepEqual([fin.close_code, fin.initiator, fin.socket_error], [1006, 'network', undefined])
  const reset = await violate(Buffer.alloc(0), 'reset')
  reset.socket.resetAndDestroy()
  const rst = await server.event('disconnected', 'reset')
  assert.deepEqual([rst.close_code, rst.initiator, rst.socket_error], [1006, 'network', 'ECONNRESET'])
})
