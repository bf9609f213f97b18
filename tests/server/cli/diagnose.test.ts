/** `why1006 diagnose` on real sockets: exit codes, the two streams, one JSON document, Ctrl-C. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { exportedIn } from '#lib/text/report-block.ts'
import { run } from '#server/cli/diagnose.ts'
import { finish, start } from '#tests/server/cli/support/command.ts'
import { accept, answer, frame, headerIn, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { tlsServer } from '#tests/server/probe/support/tls-server.ts'

describe('why1006 diagnose', { concurrency: true }, () => {
  test('a healthy server: exit code 0, the report on stdout, the stages on stderr', async (t) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    t.after(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const { code, stdout, stderr } = await finish(run, [`http://127.0.0.1:${port}/`])
    assert.equal(code, 0)
    assert.match(stdout, /^No failure in the 2\.\d\d s watched; --hold 75 waits for idle timers\.$/m)
    assert.match(stderr, /Changed http:\/\/ to ws:\/\//)
    for (const stage of ['dns', 'tcp', 'http', 'checks', 'frames', 'watch', 'close']) {
      assert.match(stderr, new RegExp(`^✓ ${stage} `, 'm'))
    }
  })

  test('a fault: exit code 1, and --json is one document that holds report and evidence', async () => {
    const server = await rawServer((socket) =>
      socket.end(answer('429 Too Many Requests', ['Retry-After: 7'])),
    )
    const { code, stdout } = await finish(run, ['--json', server.url])
    await server.close()
    assert.equal(code, 1)
    assert.equal(stdout.trimEnd().split('\n').length, 1)
    const { evidence, ...report } = JSON.parse(stdout)
    assert.equal(reportSchema.parse(report).verdicts[0]?.cause, 'rate-limited')
    assert.equal(parseEvidence(evidence).probe?.http?.status, 429)
  })

  test('whoever answers forges no line and turns no text round, on stdout and stderr', async () => {
    const reason = 'x\n\nNo failure in the 75 s watched.\n✓ dns \u202e\u009b31m\u001b[2K'
    const server = await rawServer((socket, request) => {
      accept(socket, request)
      socket.end(frame(0x88, Buffer.concat([Buffer.from([0x03, 0xf0]), Buffer.from(reason)])))
    })
    const outputs = await Promise.all(
      [[], ['--markdown'], ['--json'], ['--html']].map((format) =>
        finish(run, [...format, '--no-retries', server.url]),
      ),
    )
    await server.close()
    for (const { code, stdout, stderr } of outputs) {
      assert.equal(code, 1)
      for (const line of [...stdout.split('\n'), ...stderr.split('\n')]) {
        assert.doesNotMatch(line, /^Healthy|^✓ dns \\/)
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u)
      }
    }
    const [text, , json] = outputs
    assert.match(
      text?.stdout ?? '',
      /^Fault: Policy violation \(1008\)[\s\S]*Fix: .*“x\\u000a\\u000aNo failure /,
    )
    assert.equal(JSON.parse(json?.stdout ?? '').evidence.probe.end.reason, reason)
  })

  test('--since compares with an earlier document: text, JSON and Markdown say what changed', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'why1006-since-'))
    t.after(() => rm(folder, { recursive: true }))
    const file = join(folder, 'before.json')
    let status = '429 Too Many Requests'
    const server = await rawServer((socket) => socket.end(answer(status)))
    t.after(() => server.close())
    await writeFile(file, (await finish(run, ['--json', server.url])).stdout)
    status = '404 Not Found'
    const since = ['--since', file, '--no-retries', server.url]
    assert.match((await finish(run, since)).stdout, /\nSince the earlier report: Different cause: .*\n {2}- /)
    assert.match(
      (await finish(run, ['--markdown', ...since])).stdout,
      /### Since the last report\n\nDifferent cause/,
    )
    const page = (await finish(run, ['--html', ...since])).stdout
    assert.match(page, /<h2>Since the last report<\/h2>\n<p>Different cause/)
    assert.equal(JSON.parse(exportedIn(page) ?? '').evidence.probe.http.status, 404)
    const { since: told } = JSON.parse((await finish(run, ['--json', ...since])).stdout)
    assert.equal(told.progress, 'other-fault')
    assert.deepEqual(
      told.changes.find(({ what }: { what: string }) => what === 'status'),
      {
        what: 'status',
        before: '429',
        after: '404',
        says: 'The status of the handshake: now 404, before 429.',
      },
    )
    await writeFile(file, page)
    assert.match((await finish(run, since)).stdout, /Since the earlier report: Still the same fault/)
  })

  test('wrong usage: exit code 2, nothing on stdout, the reason on stderr', async () => {
    const wrong = [
      [],
      ['ftp://x'],
      ['ws://a', 'ws://b'],
      ['--hold', 'long', 'ws://a'],
      ['--hold', '99999', 'ws://a'],
      ['--timeout', '0', 'ws://a'],
      ['--ipv4', '--ipv6', 'ws://a'],
      ['--header', 'nonsense', 'ws://a'],
      ['--header', 'Upgrade: x', 'ws://a'],
      ['--ca', '/no/such/file', 'wss://a'],
      ['--direct', 'ftp://b', 'ws://a'],
      ['--since', '/no/such/file', 'ws://a'],
      ['--unknown', 'ws://a'],
      ['ws://169.254.169.254/'],
    ]
    for (const args of wrong) {
      const { code, stdout, stderr } = await finish(run, args)
      assert.deepEqual([code, stdout], [2, ''], args.join(' '))
      assert.notEqual(stderr.trim(), '', args.join(' '))
    }
  })

  test('an origin that no browser sends is wrong usage', async () => {
    for (const origin of ['foo', 'https://a.example/path', 'example.com']) {
      const { code, stderr } = await finish(run, ['ws://127.0.0.1:1', '--origin', origin])
      assert.equal(code, 2, origin)
      assert.match(stderr, /--origin has to be as browsers send it/)
    }
  })

  test('origin, subprotocol, header and first message arrive as given', async () => {
    let request = ''
    const server = await rawServer((socket, head) => {
      request = head
      accept(socket, head, 'Sec-WebSocket-Protocol: b')
    })
    const args = [
      '--origin',
      'https://o.example',
      '--subprotocol',
      'a,b',
      '--header',
      'Cookie: x=1',
      '--send',
      'hi',
    ]
    const { stdout } = await finish(run, [...args, '--json', '--no-retries', server.url])
    await server.close()
    assert.equal(headerIn(request, 'Origin'), 'https://o.example')
    assert.equal(headerIn(request, 'Sec-WebSocket-Protocol'), 'a, b')
    assert.equal(headerIn(request, 'Cookie'), 'x=1')
    const { evidence } = JSON.parse(stdout)
    assert.deepEqual(evidence.target.page_origin, 'https://o.example')
    assert.deepEqual(evidence.probe.sent[0], { ms: evidence.probe.sent[0].ms, opcode: 1, length: 2 })
  })

  test('--ca trusts an authority, --insecure anything', async () => {
    const server = await tlsServer('good')
    const ca = fileURLToPath(new URL('../../fixtures/tls/ca.pem', import.meta.url))
    const quick = ['--json', '--no-retries', server.url]
    const tls = async (args: string[]) =>
      JSON.parse((await finish(run, [...args, ...quick])).stdout).evidence.probe.tls
    const outcomes = await Promise.all([tls([]), tls(['--ca', ca]), tls(['--insecure'])])
    await server.close()
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['error', 'ok', 'ok'],
    )
  })

  test('Ctrl-C prints what is known so far', async () => {
    const server = await rawServer(() => {})
    const { code, output, says, interrupt } = start(run, ['--json', server.url])
    await says(/✓ tcp/)
    interrupt()
    assert.equal(await code, 1)
    await server.close()
    const report = JSON.parse(output.stdout)
    assert.equal(report.outcome, 'undetermined')
    assert.equal(report.evidence.probe.tcp.outcome, 'connected')
    assert.match(output.stderr, /Interrupted/)
  })

  test('what a server says can not steer the terminal', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 418 \u001b]0;owned\u0007\r\nContent-Length: 0\r\n\r\n'),
    )
    const { stdout, stderr } = await finish(run, ['--no-retries', server.url])
    await server.close()
    assert.equal((stdout + stderr).includes('\u001b'), false)
  })
})
