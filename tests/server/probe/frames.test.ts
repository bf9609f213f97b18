/** After the handshake: frames as they are on the wire, the first ping, the watch, and every way to end. */
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { describe, test } from 'node:test'
import { WebSocketServer } from 'ws'
import {
  closeFrame,
  frame,
  onClientFrame,
  rawServer,
  switching,
} from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

async function afterUpgrade(script: (socket: Socket) => void, options = {}) {
  const peer = await rawServer((socket, request) => {
    socket.write(switching(request))
    script(socket)
  })
  try {
    return (await runProbe(peer.url, { budget: { stageMs: 1500, runMs: 15_000 }, ...options })).probe ?? {}
  } finally {
    await peer.close()
  }
}

/** The peer ends it; however long that takes on a busy machine, the probe is still watching. */
const UNTIL_IT_ENDS = { watchMs: 10_000, budget: { stageMs: 5000, runMs: 15_000 } }

const VIOLATIONS: [string, Buffer, Record<string, unknown>][] = [
  ['a masked frame', frame(0x81, 'hello', { mask: true }), { masked: true, opcode: 1 }],
  ['a reserved bit', frame(0xc1, 'hello'), { rsv: 4 }],
  ['a reserved opcode', frame(0x83, 'x'), { opcode: 3 }],
  ['an oversize ping', frame(0x89, 'p'.repeat(126)), { opcode: 9, length: 126 }],
  ['a fragmented ping', frame(0x09, 'p'), { opcode: 9, fin: false }],
  ['text that is not UTF-8', frame(0x81, Buffer.from([0xc3, 0x28])), { opcode: 1, utf8: false }],
  ['a close frame of one byte', frame(0x88, 'x'), { opcode: 8, length: 1 }],
  [
    'a length in two bytes that fits in none',
    Buffer.from([0x81, 126, 0, 2, 0x68, 0x69]),
    { length: 2, minimal: false },
  ],
  [
    'a length in eight bytes that fits in two',
    Buffer.from([0x89, 127, 0, 0, 0, 0, 0, 0, 0, 1, 0x68]),
    { opcode: 9, length: 1, minimal: false },
  ],
  ['HTTP after the 101', Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), { opcode: 8, rsv: 4, length: 84 }],
]

// Most of each test is waiting for a peer, so they wait side by side.
describe('frames and ends', { concurrency: true }, () => {
  for (const [name, bytes, expected] of VIOLATIONS) {
    test(`records ${name}`, async () => {
      const probe = await afterUpgrade((socket) => socket.write(bytes))
      const [first] = probe.frames ?? []
      const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, first?.[key]]))
      assert.deepEqual(seen, expected)
    })
  }

  test('records text split in the middle of a character as good UTF-8', async () => {
    const [a, b] = [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)]
    const probe = await afterUpgrade((socket) =>
      socket.write(Buffer.concat([frame(0x01, a), frame(0x80, b)])),
    )
    assert.deepEqual(
      probe.frames?.slice(0, 2).map(({ opcode, fin, utf8 }) => ({ opcode, fin, utf8 })),
      [
        { opcode: 1, fin: false, utf8: undefined },
        { opcode: 0, fin: true, utf8: undefined },
      ],
    )
  })

  test('records half a frame before a FIN', async () => {
    const probe = await afterUpgrade(
      (socket) => socket.end(frame(0x81, 'hello').subarray(0, 4)),
      UNTIL_IT_ENDS,
    )
    const [half] = probe.frames ?? []
    assert.deepEqual([half?.length, half?.received, probe.end?.kind], [5, 2, 'fin'])
  })

  /** kind, code, reason, and what TCP did after a close frame */
  type End = [string, number?, string?, string?]

  const ENDS: [string, (socket: Socket) => void, End][] = [
    ['a FIN without a close frame', (socket) => socket.end(), ['fin', undefined, undefined, undefined]],
    ['a reset', (socket) => socket.resetAndDestroy(), ['rst', undefined, undefined, undefined]],
    [
      'close 1008 with its reason',
      (socket) => socket.end(closeFrame(1008, 'token expired')),
      ['close_frame', 1008, 'token expired', 'fin'],
    ],
    ['an empty close frame', (socket) => socket.end(frame(0x88)), ['close_frame', undefined, '', 'fin']],
    [
      'close 1011 and a reset at once',
      (socket) =>
        socket.write(closeFrame(1011, 'boom'), () => setTimeout(() => socket.resetAndDestroy(), 10)),
      ['close_frame', 1011, 'boom', 'rst'],
    ],
    [
      'a close frame without an end of TCP',
      (socket) => socket.write(closeFrame(1000, 'bye')),
      ['close_frame', 1000, 'bye', 'open'],
    ],
  ]

  for (const [name, script, expected] of ENDS) {
    test(`records ${name}`, async () => {
      const probe = await afterUpgrade((socket) => setTimeout(() => script(socket), 20), UNTIL_IT_ENDS)
      const { end } = probe
      assert.deepEqual([end?.kind, end?.code, end?.reason, end?.then], expected)
      assert.equal(end?.by, undefined)
    })
  }

  test('answers close codes as a browser does: the same back, 1002 for one that must not travel', async () => {
    const codes: number[] = []
    for (const code of [4001, 1006]) {
      await afterUpgrade((socket) => {
        onClientFrame(socket, (opcode, payload) => {
          if (opcode !== 8) return
          codes.push(payload.readUInt16BE(0))
          socket.end()
        })
        socket.write(closeFrame(code))
      })
    }
    assert.deepEqual(codes, [4001, 1002])
  })

  test('a healthy server answers the ping, is watched, and closes in order', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    server.on('connection', (socket) => {
      socket.on('message', (text) => socket.send(text.toString()))
      socket.send('welcome')
    })
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const { probe } = await runProbe(`ws://127.0.0.1:${port}/echo`, { send: 'hello' })
    server.close()
    assert.equal(probe?.first_message?.text_start, 'welcome')
    assert.ok((probe?.ping?.rtt_ms ?? 1e9) < 2000)
    assert.ok((probe?.echo?.rtt_ms ?? 1e9) < 2000)
    assert.ok((probe?.end?.ms ?? 0) - (probe?.http?.ms ?? 0) >= 119, 'watched as long as asked')
    const end = probe?.end
    assert.deepEqual([end?.kind, end?.code, end?.by, end?.then], ['close_frame', 1000, 'probe', 'fin'])
  })

  test('joins and answers as a client of Socket.IO does, so that a hold ends in no timeout', async () => {
    const answers: string[] = []
    const peer = await rawServer((socket, request) => {
      socket.write(switching(request))
      onClientFrame(socket, (opcode, payload) => {
        if (opcode === 1) answers.push(payload.toString())
        if (opcode === 8) socket.end()
      })
      socket.write(Buffer.concat([frame(0x81, '0{"sid":"x"}'), frame(0x81, '2')]))
    })
    await runProbe(`http://127.0.0.1:${peer.port}/socket.io/?transport=polling&sid=old`)
    await peer.close()
    assert.deepEqual(answers, ['40', '3'])
  })

  test('sends nothing unasked, whatever a server calls itself', async () => {
    const probe = await afterUpgrade(() => {}, '/echo')
    assert.deepEqual(
      probe.sent?.map(({ opcode }) => opcode),
      [9, 9],
    )
    assert.equal(probe.ping?.rtt_ms, null)
    assert.equal(probe.echo, undefined)
  })

  test('a server that hangs up on our close frame held to the last', async () => {
    const probe = await afterUpgrade((socket) =>
      onClientFrame(socket, (opcode) => {
        if (opcode === 8) socket.end()
      }),
    )
    assert.deepEqual([probe.end?.kind, probe.close?.answer], ['open', 'fin'])
  })

  test("answers the server's pings with their payload", async () => {
    const pongs: string[] = []
    await afterUpgrade((socket) => {
      onClientFrame(socket, (opcode, payload) => {
        if (opcode !== 10) return
        pongs.push(payload.toString())
        socket.end()
      })
      socket.write(frame(0x89, 'hi'))
    })
    assert.deepEqual(pongs, ['hi'])
  })

  test('holds in silence for as long as asked, and no more than a cut takes', async () => {
    const probe = await afterUpgrade((socket) => setTimeout(() => socket.end(), 300), { holdSeconds: 5 })
    const held = (probe.end?.ms ?? 0) - (probe.http?.ms ?? 0)
    assert.equal(probe.end?.kind, 'fin')
    assert.ok(held >= 50 && held < 4000, `${held} ms`)
  })
})
