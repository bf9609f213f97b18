/** What a page would see that the probe, which reads on, need not: measured with Chromium 156 and Firefox 153. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  answersTo,
  asks,
  type Server,
  type Visit,
  watched,
  wordsOf,
} from '#tests/server/probe/answers/support.ts'
import { closeFrame, frame, onClientFrame } from '#tests/server/probe/support/raw-server.ts'

/** Answers pings, and the Close frame in a way of its own. */
const closing =
  (answer: (visit: Visit, payload: Buffer) => void): Server =>
  (visit) => {
    visit.switch()
    onClientFrame(visit.socket, (opcode, payload) => {
      if (opcode === 9) visit.socket.write(frame(0x8a, payload))
      if (opcode === 8) answer(visit, payload)
    })
  }

/** Opens, and sends these bytes. */
const sending =
  (bytes: Buffer | string): Server =>
  (visit) => {
    visit.open()
    visit.socket.write(bytes)
  }

describe('what a page would see', { concurrency: true }, () => {
  test('a Close frame that is answered by FIN or RST alone is a close with 1006 in every page', async () => {
    for (const end of [
      (visit: Visit) => void visit.socket.end(),
      (visit: Visit) => void visit.socket.resetAndDestroy(),
    ])
      await asks(closing(end), {}, { outcome: 'healthy', warns: /Close frame.*1006.*wasClean/ })
  })

  test('a Close frame that is answered with a code that nobody may send', async () => {
    for (const code of [999, 1004, 1016, 2999, 5000, 25_209])
      await asks(
        closing((visit) => void visit.socket.end(closeFrame(code, 'x'))),
        {},
        { outcome: 'healthy', warns: new RegExp(`Close frame with code ${code}`) },
      )
    for (const code of [1005, 1006, 1015])
      await asks(
        closing((visit) => void visit.socket.end(closeFrame(code))),
        {},
        { outcome: 'fault', first: ['protocol-error'], says: [new RegExp(`${code}`), /1000 or 3000/] },
      )
  })

  test('a second Close frame takes nothing from the first, and Chromium reports neither', async () => {
    for (const more of [
      (visit: Visit) =>
        visit.socket.write(Buffer.concat([closeFrame(4001, 'first'), closeFrame(1011, 'second')])),
      (visit: Visit) => {
        visit.socket.write(closeFrame(4001, 'first'))
        setImmediate(() => visit.socket.write(closeFrame(1011, 'second')))
      },
      (visit: Visit) => visit.socket.write(Buffer.concat([closeFrame(4001, 'first'), frame(0xc1, 'broken')])),
    ]) {
      const { report, evidence } = await answersTo((visit) => {
        visit.switch()
        more(visit)
        visit.socket.on('data', () => visit.socket.end())
      }, {})
      assert.equal(evidence.probe?.end?.code, 4001)
      assert.equal(evidence.probe?.end?.reason, 'first')
      assert.equal(report.verdicts[0]?.cause, 'application-close')
      assert.ok(report.warnings.some(({ says }) => /after its Close frame.*Chromium reports 1006/.test(says)))
    }
  })

  test('an answer before the 101 keeps Chromium out', async () => {
    for (const status of ['100 Continue', '102 Processing', '103 Early Hints'])
      await asks(
        (visit) => {
          visit.socket.write(`HTTP/1.1 ${status}\r\n\r\n`)
          visit.open()
        },
        {},
        {
          outcome: 'fault',
          first: ['invalid-handshake-response'],
          says: [new RegExp(status.slice(0, 3)), /Chromium fails/, /Firefox accepts/],
        },
      )
  })

  test('a 101 in HTTP/1.0 keeps Firefox out', () =>
    asks(
      (visit) => {
        const { write } = visit.socket
        visit.socket.write = ((bytes: string | Buffer) =>
          write.call(
            visit.socket,
            typeof bytes === 'string' ? bytes.replace('HTTP/1.1', 'HTTP/1.0') : bytes,
          )) as typeof write
        visit.open()
      },
      {},
      { outcome: 'healthy', warns: /HTTP\/1\.0.*Firefox refuses/ },
    ))

  test('a message in the same packet as the 101 is nothing to see', () =>
    asks(
      (visit) => {
        visit.socket.cork()
        visit.open()
        visit.text('early')
        visit.socket.uncork()
      },
      {},
      { outcome: 'healthy' },
    ))

  const BROKEN: readonly [name: string, bytes: Buffer, fix: RegExp][] = [
    ['a masked frame', frame(0x81, 'a', { mask: true }), /without a mask.*/],
    [
      'a bit of compression that nobody agreed on',
      frame(0xc1, 'a'),
      /Compress only where the handshake agreed/,
    ],
    ['another reserved bit', frame(0xa1, 'a'), /WebSocket library only/],
    ['an opcode that does not exist', frame(0x83, 'a'), /WebSocket library only/],
    ['a length in more bytes than it needs', Buffer.from([0x81, 126, 0, 1, 97]), /shortest form/],
    ['a Close frame with such a length', Buffer.from([0x88, 126, 0, 2, 3, 232]), /shortest form/],
    ['a ping in fragments', frame(0x09, 'a'), /125 bytes at most/],
    ['a ping that is too long', frame(0x89, 'a'.repeat(126)), /125 bytes at most/],
    ['a fragment of nothing', frame(0x80, 'a'), /lock or a queue/],
    ['a message inside another', Buffer.concat([frame(0x01, 'a'), frame(0x81, 'b')]), /lock or a queue/],
    ['text that is not UTF-8', frame(0x81, Buffer.from([0xff, 0xfe])), /binary message/],
    ['half a close code', frame(0x88, Buffer.from([3])), /1000 or 3000/],
    ['a close code for reports', closeFrame(1006), /1000 or 3000/],
  ]
  for (const [name, bytes, fix] of BROKEN) {
    test(`${name} has a fix of its own`, () =>
      asks(
        sending(bytes),
        {},
        {
          outcome: 'fault',
          first: ['protocol-error'],
          says: [fix],
          never: [/upgrade handlers/, /own the upgrade/],
        },
      ))
  }

  test('a second answer over HTTP is what two handlers leave behind', async () => {
    for (const answer of ['HTTP/1.1 101 Switching Protocols\r\n', 'HTTP/1.1 404 Not Found\r\n'])
      await asks(
        sending(`${answer}Connection: close\r\n\r\n`),
        {},
        {
          outcome: 'fault',
          first: ['upgrade-handled-twice'],
          beside: ['protocol-error'],
          says: [/second answer over HTTP/, /one handler/],
        },
      )
  })

  test('bare text after the 101 is quoted', async () => {
    for (const text of ['Unauthorized', '{"error":"no such room"}', '<h1>Internal Server Error</h1>'])
      await asks(
        sending(text),
        {},
        { outcome: 'fault', first: ['protocol-error'], says: [/bare text/, new RegExp(text.slice(2, 9))] },
      )
  })

  test('watch counts a violation as a loss, says which, and does not call the connection held', async () => {
    const { code, lost, events } = await watched(sending(frame(0xc1, 'a')), '/ws', '--losses', '1')
    assert.deepEqual([code, lost], [1, 1])
    const [verdict] = events[0]?.report.verdicts ?? []
    assert.equal(verdict?.cause, 'protocol-error')
    assert.match(verdict ? wordsOf(verdict) : '', /reserved bit/)
  })

  test('watch backs off from a server that ends each connection, and says what the losses share', async () => {
    const { lost, events } = await watched(
      (visit) => {
        visit.switch()
        visit.close(4001, 'no')
      },
      '/ws',
      '--losses',
      '3',
    )
    assert.equal(lost, 3)
    const waits = events.map(({ again_in_ms: ms }) => ms)
    for (const [at, ms] of waits.entries()) assert.ok(ms >= 250 * 2 ** at && ms <= 500 * 2 ** at, `${waits}`)
    assert.equal(events[0]?.learned, undefined)
    assert.match(events[2]?.learned ?? '', /^All 3 connections ended with close code 4001, /)
  })
})
