import assert from 'node:assert/strict'
import { createWriteStream, readFileSync } from 'node:fs'
import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createGzip, gzipSync } from 'node:zlib'
import { run } from '#server/cli/logs.ts'
import { startProcess } from '#tests/server/support/process.ts'

const folder = await mkdtemp(join(tmpdir(), 'why1006-logs-'))
after(() => rm(folder, { recursive: true }))

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/logs/${path}`, import.meta.url))

/** Runs the command and collects what it writes. */
function start(args: string[], stdin: Readable = Readable.from([])) {
  const output = { stdout: '', stderr: '' }
  const control = new AbortController()
  let waiting: { text: RegExp; done: () => void } | undefined
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      output[name] += text
      if (waiting?.text.test(output.stdout)) waiting.done()
    },
  })
  const code = run(args, { stdin, stdout: sink('stdout'), stderr: sink('stderr'), signal: control.signal })
  const says = (text: RegExp) =>
    new Promise<void>((done) => {
      waiting = { text, done }
      if (text.test(output.stdout)) done()
    })
  return { output, code, says, stop: () => control.abort() }
}

async function json(args: string[], stdin?: Readable) {
  const { output, code } = start(['--json', ...args], stdin)
  assert.equal(await code, 0, output.stderr)
  return JSON.parse(output.stdout)
}

test('prints one JSON document with counts, timers and the verdict', async () => {
  const report = await json([fixture('n-idle-rt/access.log')])
  assert.deepEqual([report.lines, report.understood, report.connections, report.closes], [36, 36, 30, null])
  assert.equal(report.troubles[0].pattern.kind, 'idle')
  assert.ok(report.troubles[0].known_timers.includes('nginx'))
  assert.equal(report.report.verdicts[0].cause, 'idle-timeout')
})

test('reads several files, packed ones by their content', async () => {
  const packed = join(folder, 'older.log')
  await writeFile(packed, gzipSync(readFileSync(fixture('n-deploys-rotated/access.log.1'))))
  const report = await json([packed, fixture('n-deploys-rotated/access.log')])
  assert.deepEqual([report.lines, report.connections], [56, 56])
  assert.equal(report.troubles[0].pattern.moments.length, 4)
})

test('reads standard input where no file is named', async () => {
  const text = readFileSync(fixture('o-loss-json/events.jsonl'))
  // Chunks that end in the middle of lines and characters.
  const chunks = Array.from({ length: Math.ceil(text.length / 997) }, (_, index) =>
    text.subarray(index * 997, (index + 1) * 997),
  )
  const report = await json([], Readable.from(chunks))
  assert.deepEqual([report.lines, report.closes], [90, { 1000: 6, 1006: 18 }])
})

test('an unfinished last line, Windows line ends and a byte order mark change nothing', async () => {
  const path = join(folder, 'windows.log')
  const text = readFileSync(fixture('h-idle/haproxy.log'), 'utf8')
  await writeFile(path, `\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`)
  const report = await json([path])
  assert.deepEqual([report.lines, report.understood, report.connections], [36, 36, 30])
})

test('a packed file that was cut gives what it holds', async () => {
  const path = join(folder, 'cut.gz')
  const packed = gzipSync(readFileSync(fixture('h-idle/haproxy.log')))
  await writeFile(path, packed.subarray(0, packed.length - 200))
  const { output, code } = start(['--json', path])
  assert.equal(await code, 0)
  assert.match(output.stderr, /cut\.gz/)
  assert.ok(JSON.parse(output.stdout).connections > 5)
})

test('text for people names formats, codes, timers and the fix', async () => {
  const { output, code } = start([fixture('h-idle/haproxy.log')])
  assert.equal(await code, 0)
  assert.match(output.stdout, /HAProxy: 36/)
  assert.match(output.stdout, /30 of 30 after 60\.0 s/)
  assert.match(output.stdout, /\(idle-timeout\)/)
  assert.match(output.stdout, /Fix: /)
  assert.equal(output.stderr, '')
})

test('wrong usage and missing files end with 2 and say why', async () => {
  const refusals: [string[], RegExp][] = [
    [['--nonsense'], /Unknown option '--nonsense'.*Usage/s],
    [[join(folder, 'nothing.log')], /nothing\.log: There is no such file\n$/],
    [[folder], /: It is a directory/],
    [
      ['--config', join(folder, 'no.conf'), fixture('z-empty/access.log')],
      /no\.conf: There is no such file\n$/,
    ],
  ]
  for (const [args, says] of refusals) {
    const { output, code } = start(args)
    assert.equal(await code, 2, args.join(' '))
    assert.equal(output.stdout, '')
    assert.match(output.stderr, says)
  }
  const { output, code } = start(['--help'])
  assert.equal(await code, 0)
  assert.match(output.stdout, /Usage: why1006 logs/)
})

test('says what it can read where no line was understood', async () => {
  const path = join(folder, 'foreign.log')
  await writeFile(path, '<29>Nov 22 21:40:47 app[1]: hello\n'.repeat(3))
  const { output, code } = start([path])
  assert.equal(await code, 0)
  assert.match(output.stdout, /3 lines, 0 understood.*The first line is: <29>Nov.*HAProxy\n.*--config/s)
})

test('reads a format of one’s own with its configuration', async () => {
  const config = join(folder, 'nginx.conf')
  const log = join(folder, 'own.log')
  await writeFile(config, "log_format x '$msec|$remote_addr|$status|$request|$request_time|$http_upgrade';")
  const line = (index: number) =>
    `17951654${70 + index}.000|203.0.113.${index}|101|GET /ws HTTP/1.1|60.010|websocket\n`
  await writeFile(log, Array.from({ length: 10 }, (_, index) => line(index)).join(''))
  assert.equal((await json([log])).understood, 0)
  assert.equal((await json(['--config', config, log])).connections, 10)
})

test('follows a file across rotation and prints each new verdict', async () => {
  const path = join(folder, 'live.log')
  const lines = (from: string) => readFileSync(fixture(from), 'utf8').trimEnd().split('\n')
  const cut = lines('h-idle/haproxy.log').filter((line) => line.includes('cD--'))
  const killed = lines('h-deploys/haproxy.log').filter((line) => line.includes('K---'))
  await writeFile(path, `${cut.slice(0, 10).join('\n')}\n`)
  const command = start(['--follow', path])
  await command.says(/idle-timeout/)
  await rename(path, `${path}.1`)
  await writeFile(path, `${killed.slice(0, 30).join('\n')}\n`)
  await appendFile(path, `${killed.slice(30).join('\n')}\n`)
  await command.says(/proxy-restart/)
  command.stop()
  assert.equal(await command.code, 0)
  assert.match(command.output.stdout, /66 WebSocket connections/)
})

test('follows standard input, and ends when it is told to', async () => {
  const stdin = new PassThrough()
  const command = start(['--follow', '--json'], stdin)
  stdin.write(readFileSync(fixture('h-idle/haproxy.log')))
  await command.says(/"idle-timeout"/)
  command.stop()
  assert.equal(await command.code, 0)
  const documents = command.output.stdout.trimEnd().split('\n')
  assert.equal(JSON.parse(documents.at(-1) ?? '').report.verdicts[0].cause, 'idle-timeout')
})

/** Files that hold far more than the heap that reads them. */
const large: Record<string, () => Iterable<string>> = {
  *'long lines of connections'() {
    const agent = 'x'.repeat(65_000)
    for (let at = 0; at < 5000; at++) yield access(agent, 60 + (at % 50))
  },
  *'short lines of connections among long ones of others'() {
    const other = `${'nothing to see '.repeat(1100)}\n`
    for (let at = 0; at < 12_000; at++) yield `${access('agent', 60 + (at % 50))}${other}`
  },
}

const access = (agent: string, seconds: number) =>
  `1.2.3.4 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "${agent}" ${seconds}.000\n`

for (const [what, lines] of Object.entries(large)) {
  test(`memory stays bounded whatever is kept: ${what}`, async () => {
    const file = join(folder, `${what.slice(0, 5)}.gz`)
    await pipeline(Readable.from(lines()), createGzip({ level: 1 }), createWriteStream(file))
    const { exit } = startProcess({
      command: ['server/cli/main.ts', 'logs', '--json', file],
      env: { NODE_OPTIONS: '--max-old-space-size=96' },
    })
    const { code, stdout, stderr } = await exit
    assert.equal(code, 0, stderr.slice(-2000))
    assert.ok(JSON.parse(stdout).connections >= 4000)
  })
}
