/** `why1006 watch`: every loss with its verdict, and several of them tell what one can not. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import * as z from 'zod/mini'
import { watchNotice } from '#lib/api/watch.ts'
import { run } from '#server/cli/watch.ts'
import { signatureOf } from '#server/watch/webhook.ts'
import { finish, start } from '#tests/server/cli/support/command.ts'
import {
  accept,
  answer,
  eightBytes,
  frame,
  onClientFrame,
  pour,
  rawServer,
} from '#tests/server/probe/support/raw-server.ts'
import { startServer } from '#tests/server/support/server.ts'
import { startReceiver } from '#tests/server/watch/support/receiver.ts'

// A server that runs on this machine is told nothing by these tests.
process.env.WHY1006_URL = 'http://127.0.0.1:1'

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('why1006 watch', { concurrency: true }, () => {
  test('every loss is reported with its verdict, then what the losses share', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      setTimeout(() => socket.end(), 1_200)
    })
    const { code, stdout, stderr } = await finish(run, ['--json', '--losses', '3', server.url])
    await server.close()
    assert.equal(code, 1)
    const [first, second, third, summary] = lines(stdout)
    assert.deepEqual([first.kind, second.kind, third.kind], ['lost', 'lost', 'lost'])
    assert.ok(first.silence_ms > 300 && first.silence_ms < 5000, `${first.silence_ms}`)
    assert.deepEqual([summary.kind, summary.lost, summary.refused], ['summary', 3, 0])
    assert.deepEqual(Object.keys(summary.histograms).sort(), ['age', 'silence', 'wall_clock'])
    assert.equal(third.evidence.probe.end.kind, 'fin')
    assert.equal(stderr.match(/connected/g)?.length, 3)
  })

  test('each change is in the journal of the server that is told, as that of a watch of its own', async () => {
    const why1006 = await startServer()
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      setTimeout(() => socket.end(), 200)
    })
    const { stderr } = await finish(run, [
      '--losses',
      '1',
      '--server',
      why1006.origin,
      '--token',
      'none-is-asked-for',
      server.url,
    ])
    const { events } = await (await fetch(`${why1006.origin}/api/events?kinds=watch`)).json()
    await server.close()
    await why1006.app.close(0)
    assert.deepEqual(
      events.map(({ state }: { state: string }) => state),
      ['started', 'up', 'lost', 'stopped'],
    )
    const [, , lost] = events
    assert.equal(lost.url, server.url)
    assert.match(lost.says, /FIN|closed/i)
    assert.ok(lost.age_ms >= 150 && typeof lost.cause === 'string', JSON.stringify(lost))
    assert.match(stderr, /keeps each change in its journal/)
  })

  test('without a server the watch says that nothing is kept; a server that was named must answer', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      setTimeout(() => socket.end(), 200)
    })
    const alone = await finish(run, ['--losses', '1', server.url])
    assert.equal(alone.code, 1)
    assert.match(alone.stderr, /No Why1006 server answers at http:\/\/127\.0\.0\.1:1/)
    const named = await finish(run, ['--losses', '1', '--server', 'http://127.0.0.1:1', server.url])
    await server.close()
    assert.equal(named.code, 2)
    assert.equal(named.stdout, '')
  })

  test('a Close frame ends a silence, and is not what was heard last', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      setTimeout(() => socket.end(frame(0x88, Buffer.from([0x03, 0xe9]))), 1_200)
    })
    const { stdout } = await finish(run, ['--json', '--losses', '1', server.url])
    await server.close()
    const [lost] = lines(stdout)
    assert.equal(lost.evidence.probe.end.code, 1001)
    assert.ok(lost.silence_ms > 300, `${lost.silence_ms}`)
  })

  test('a loss stays one line, whatever the server says in the end', async () => {
    const reason = 'x\n2026-11-29 16:40:35  connected\r\n\u2028Healthy: \u202e\u200b'
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      socket.end(frame(0x88, Buffer.concat([Buffer.from([0x03, 0xf0]), Buffer.from(reason)])))
    })
    const { stdout, stderr } = await finish(run, ['--losses', '1', server.url])
    await server.close()
    const stamped = stdout.split('\n').filter((line) => /^\d{4}-/.test(line))
    assert.equal(stamped.length, 1)
    assert.match(
      stamped[0] ?? '',
      / {2}lost, closed by the server with 1008 “x\\u000a2026-11-29 16:40:35 {2}connected\\u000d/,
    )
    assert.match(stderr, /^No Why1006 server answers at .*\n[\d :-]+ {2}connected\n$/)
    for (const line of stdout.split('\n')) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}]/u)
      assert.doesNotMatch(line, /^Healthy/)
    }
  })

  test('silence and age look alike without a heartbeat, which it asks for, and not with one', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      setTimeout(() => socket.end(), 1_200)
    })
    const four = ['--losses', '4', server.url]
    const [silent, beating] = await Promise.all([
      finish(run, four),
      finish(run, [...four, '--heartbeat', '0.3']),
    ])
    await server.close()
    assert.match(silent.stdout, /Run again with --heartbeat 0\.[23]\./)
    assert.match(beating.stdout, /\(max-lifetime\): likely/)
    assert.doesNotMatch(beating.stdout, /\(idle-timeout\): likely|Run it again/)
  })

  test('a connection that holds is closed in order when the time is over: exit code 0', async () => {
    const server = await rawServer((socket, request) => accept(socket, request))
    const { code, stdout } = await finish(run, ['--for', '0.4', server.url])
    await server.close()
    assert.equal(code, 0)
    assert.match(stdout, /1 attempt, 0 lost, 0 not opened/)
  })

  test('a frame that breaks the protocol ends a connection like a loss, as it does in a browser', async () => {
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      socket.write(frame(0x81, 'masked', { mask: true }))
    })
    const { code, stdout } = await finish(run, ['--losses', '1', server.url])
    await server.close()
    assert.equal(code, 1)
    assert.match(stdout, /lost, broke the protocol \(masked\) after .*protocol-error/)
  })

  test('heartbeats go out as often as told', async () => {
    const pings: number[] = []
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      onClientFrame(socket, (opcode) => {
        if (opcode === 9) pings.push(performance.now())
      })
    })
    await finish(run, ['--heartbeat', '0.2', '--for', '1.3', server.url])
    await server.close()
    const period = ((pings.at(-1) ?? 0) - (pings[0] ?? 0)) / (pings.length - 1)
    assert.ok(pings.length >= 4 && period > 150, `${pings.length} pings, one in ${period} ms`)
  })

  test('a refusal is reported, and tried again later', async () => {
    const server = await rawServer((socket) => socket.end(answer('503 Service Unavailable')))
    const { code, stdout } = await finish(run, ['--json', '--losses', '2', server.url])
    const seen = server.seen()
    await server.close()
    assert.equal(code, 1)
    const [first, , summary] = lines(stdout)
    assert.equal(first.kind, 'refused')
    assert.ok(first.again_in_ms >= 250 && first.again_in_ms <= 500)
    assert.deepEqual([summary.refused, seen], [2, 2])
  })

  test('Ctrl-C ends it with the summary', async () => {
    const server = await rawServer((socket, request) => accept(socket, request))
    const { code, output, says, interrupt } = start(run, [server.url])
    await says(/connected/)
    interrupt()
    assert.equal(await code, 0)
    await server.close()
    assert.match(output.stdout, /0 lost/)
  })

  test('a loss and the return are posted, signed with what is in the file', async () => {
    const receiver = await startReceiver()
    const folder = mkdtempSync(join(tmpdir(), 'why1006-secret-'))
    const secretFile = join(folder, 'secret')
    writeFileSync(secretFile, 'from a file\n')
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      socket.end()
    })
    const { interrupt, code } = start(run, [
      ...['--notify', receiver.url, '--notify-secret-file', secretFile],
      `${server.url}?token=abc123`,
    ])
    const [first] = await receiver.has(1)
    interrupt()
    assert.equal(await code, 1)
    await server.close()
    receiver.close()
    rmSync(folder, { recursive: true })
    const { type, text, data } = z.parse(watchNotice, JSON.parse(first?.body ?? ''))
    assert.equal(type, 'watch.down')
    assert.equal(data.url, `${server.url}?token=***`)
    assert.match(text, /is down: ended by FIN without a close frame/)
    const { headers, body = '' } = first ?? {}
    const [id, timestamp] = [String(headers?.['webhook-id']), Number(headers?.['webhook-timestamp'])]
    assert.equal(headers?.['webhook-signature'], signatureOf('from a file', id, timestamp, body))
  })

  test('--keep hands it to a server, which goes on when the command has ended', async () => {
    const target = await rawServer((socket, request) => accept(socket, request))
    const why = await startServer({ HOST: 'localhost' })
    const server = ['--server', `http://localhost:${why.port}`]
    const { code, stdout } = await finish(run, [
      ...['--keep', ...server, '--heartbeat', '20', '--header', 'Cookie: a=b'],
      target.url,
    ])
    assert.equal(code, 0)
    const id = /\/watch\?id=([0-9a-f]+)$/m.exec(stdout)?.[1]
    const watch = await (await fetch(`http://localhost:${why.port}/api/watches/${id}`)).json()
    assert.deepEqual([watch.url, watch.heartbeat_seconds], [target.url, 20])
    const refused = await finish(run, ['--keep', ...server, 'ws://169.254.169.254/'])
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /link-local/)
    await why.app.close(0)
    await target.close()
    const gone = await finish(run, ['--keep', ...server, target.url])
    assert.equal(gone.code, 2)
    assert.match(gone.stderr, /^No Why1006 server answers at http:\/\/localhost:\d+ \(ECONNREFUSED\)\./)
  })

  test('wrong usage: exit code 2', async () => {
    for (const args of [
      ['--keep', '--for', '1h', 'ws://a'],
      ['--server', 'http://localhost:1', 'ws://a'],
      ['--notify', 'ftp://a', 'ws://a'],
      [],
      ['--for', 'ever', 'ws://a'],
      ['--losses', '0', 'ws://a'],
      ['--heartbeat', '0', 'ws://a'],
    ]) {
      assert.equal((await finish(run, args)).code, 2, args.join(' '))
    }
  })
})

// It keeps the process busy, so it runs beside no other.
test('a server that sends more than the probe reads is connected to again, not called held', async () => {
  let connections = 0
  const server = await rawServer((socket, request) => {
    accept(socket, request)
    connections += 1
    if (connections > 1) return socket.end()
    socket.write(Buffer.concat([Buffer.from([0x81, 127]), eightBytes(2n ** 30n)]))
    pour(socket, Buffer.alloc(65_536, 97))
  })
  const { code, stdout } = await finish(run, ['--losses', '1', server.url])
  await server.close()
  assert.equal(code, 1)
  assert.match(stdout, /2 attempts, 1 lost, 0 not opened/)
})
