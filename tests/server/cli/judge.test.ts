import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { run as explain } from '#server/cli/explain.ts'
import { run as judge } from '#server/cli/judge.ts'
import { finish } from '#tests/server/cli/support/command.ts'

const recorded = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/truth/${name}.json`, import.meta.url))
const IDLE = recorded('nginx-read-timeout-idle.full')
const REFUSED = recorded('direct-refused.probe')
const HEALTHY = recorded('nginx-healthy.full')

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('judge --json', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'judge-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('prints one line a file, in the order given, and ends with 0', async () => {
    const { code, stdout, stderr } = await finish(judge, ['--json', IDLE, REFUSED, HEALTHY])
    const lines = linesOf(stdout)
    assert.deepEqual(
      lines.map(({ file }) => file),
      [IDLE, REFUSED, HEALTHY],
    )
    assert.deepEqual(
      lines.map(({ report }) => report.outcome),
      ['fault', 'fault', 'healthy'],
    )
    assert.ok(lines.every(({ report }) => reportSchema.safeParse(report).success))
    assert.deepEqual([code, stderr], [0, ''])
  })

  it('accepts a bare evidence document', async () => {
    const bare = path.join(folder, 'bare.json')
    await writeFile(bare, JSON.stringify(JSON.parse(await readFile(REFUSED, 'utf8')).evidence))
    const [line] = linesOf((await finish(judge, ['--json', bare])).stdout)
    assert.equal(line.report.verdicts[0].cause, 'connection-refused')
  })

  it('says in a line of its own what it could not judge, judges the rest, and ends with 1', async () => {
    const broken = path.join(folder, 'broken.json')
    await writeFile(broken, '{"browser":{"events":3}}')
    const { code, stdout } = await finish(judge, [
      '--json',
      broken,
      path.join(folder, 'nowhere.json'),
      REFUSED,
    ])
    const [wrong, absent, right] = linesOf(stdout)
    assert.match(wrong.error, /browser\.events: expected array/)
    assert.match(absent.error, /no such file/)
    assert.equal(right.report.outcome, 'fault')
    assert.equal(code, 1)
  })

  it('reads standard input for -', async () => {
    const output: string[] = []
    const io = {
      stdin: Readable.from([await readFile(IDLE)]),
      stdout: { write: (text: string) => output.push(text) },
      stderr: { write: () => {} },
      signal: new AbortController().signal,
    }
    assert.equal(await judge(['--json', '-'], io), 0)
    assert.equal(JSON.parse(output.join('')).report.verdicts[0].cause, 'idle-timeout')
  })
})

describe('judge', () => {
  it('tells a person the cause, why, and what to change, without colour in a pipe', async () => {
    const { stdout } = await finish(judge, [IDLE])
    assert.match(stdout, /^Fault: .*\(idle-timeout\)/)
    assert.match(stdout, /proxy_read_timeout/)
    assert.ok(!stdout.includes('\u001b'))
  })

  it('writes Markdown', async () => {
    const { stdout } = await finish(judge, ['--markdown', IDLE])
    assert.match(stdout, /^## .*\(`idle-timeout`\): proven/)
  })

  it('ends with 2 for wrong usage', async () => {
    for (const args of [[], ['--jason', IDLE]]) {
      const { code, stderr, stdout } = await finish(judge, args)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, /Usage: why1006 judge/)
    }
  })
})

describe('explain', () => {
  it('prints the article of a cause', async () => {
    const { code, stdout } = await finish(explain, ['idle-timeout'])
    assert.match(stdout, /What happens on the wire/)
    assert.equal(code, 0)
  })

  it('prints a close code', async () => {
    const { stdout } = await finish(explain, ['--json', '1006'])
    assert.equal(JSON.parse(stdout).code, 1006)
  })

  it('suggests causes for one that does not exist, and ends with 2', async () => {
    const { code, stderr } = await finish(explain, ['idel-timeout'])
    assert.match(stderr, /idle-timeout/)
    assert.equal(code, 2)
  })

  it('names the program and the causes of a sentence, in quotes or not', async () => {
    const { code, stdout } = await finish(explain, ['Error:', 'Unexpected', 'server', 'response:', '503'])
    assert.equal(code, 0)
    assert.match(stdout, /^Printed by ws \(Node\.js\)\n/)
    const { stdout: json } = await finish(explain, ['--json', 'Error: Unexpected server response: 503'])
    const { program, means, status } = JSON.parse(json)
    assert.deepEqual({ program, means, status }, { program: 'ws', means: 'status', status: 503 })
  })

  it('takes three digits for an HTTP status, as no close code has so few', async () => {
    for (const asked of ['403', 'HTTP 403', 'HTTP 403 Forbidden']) {
      const { code, stdout } = await finish(explain, [asked])
      assert.equal(code, 0)
      assert.match(stdout, /^An HTTP status\n {2}The answer was HTTP 403\.\n[\s\S]*\(forbidden, possible\)/)
    }
  })

  it('says of no number but 1005, 1006 and 1015 that it is reported', async () => {
    for (const [asked, isReported] of [
      ['1006', true],
      ['1015', true],
      ['1004', false],
      ['99', false],
      ['5000', false],
    ] as const) {
      const { stdout } = await finish(explain, [asked])
      assert.equal(/It must not be sent, only reported\./.test(stdout), isReported, asked)
    }
  })

  it('names no cause of a line about another program’s connection', async () => {
    const line = 'kex_exchange_identification: Connection closed by remote host'
    const { code, stderr } = await finish(explain, [line])
    assert.equal(code, 2)
    assert.match(stderr, /is about another program’s connection, not about a WebSocket\.\n/)
  })

  it('says so where no program is known to print a sentence', async () => {
    const { code, stderr } = await finish(explain, ['the quick brown fox'])
    assert.equal(code, 2)
    assert.match(stderr, /No program that Why1006 knows prints “the quick brown fox”/)
  })
})
