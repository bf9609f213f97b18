import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { run } from '#server/cli/logs.ts'
import { sampled } from '#tests/sampling.ts'
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

test('the text shows the largest troubles and counts the rest, and --json lists them', async () => {
  const codes = (count: number) =>
    Array.from({ length: count }, (_, at) => 4000 + at).flatMap((code, at) =>
      // Three make a trouble.
      Array.from(
        { length: 3 },
        (_, again) =>
          `[WS_DIAGNOSTICS] client_id=c-${code}-${again}, path=/chat disconnected - code=${code}, close_code=${code}, reason="", duration_ms=${1000 + at * 977}, pings=2, pongs=2, ended_by=server, at=2026-11-01T10:${String(at % 60).padStart(2, '0')}:0${again}.000Z`,
      ),
    )
  const read = (count: number) => Readable.from([`${codes(count).join('\n')}\n`])
  const text = async (count: number) => {
    const { output, code } = start([], read(count))
    assert.equal(await code, 0, output.stderr)
    return output.stdout
  }
  assert.doesNotMatch(await text(5), /more trouble/)
  assert.match(await text(6), /^and 1 more trouble, 3 connections: --json lists all$/m)
  assert.match(await text(60), /^and 55 more troubles, 165 connections: --json lists the largest 50$/m)
  const eight = await json([], read(8))
  assert.deepEqual([eight.troubles.length, eight.troubles_left_out, eight.dropped], [8, 0, 0])
  const sixty = await json([], read(60))
  assert.deepEqual([sixty.troubles.length, sixty.troubles_left_out, sixty.dropped], [50, 10, 30])
  assert.equal(
    sixty.troubles.reduce(
      (sum: number, { connections }: { connections: number }) => sum + connections,
      sixty.dropped,
    ),
    sixty.connections,
  )
})

test('each trouble has its histograms, its time line and the lines that show it', async () => {
  const files = { 'h-mix': 'haproxy.log', 'o-loss-json': 'events.jsonl' }
  for (const [id, name] of Object.entries(files)) {
    const file = fixture(`${id}/${name}`)
    const lines = readFileSync(file, 'utf8').split('\n')
    for (const trouble of (await json([file])).troubles) {
      assert.ok(trouble.lines.length > 0)
      for (const shown of trouble.lines)
        assert.deepEqual([shown.file, lines[shown.number - 1]?.trimEnd()], [file, shown.line])
      const counted = ({ counts }: { counts: number[] }) => counts.reduce((sum, count) => sum + count, 0)
      assert.equal(counted(trouble.timeline), trouble.connections)
      assert.equal(counted(trouble.histograms.wall_clock), trouble.connections)
    }
  }
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
  assert.match(output.stdout, /such as line \d+ of \S+haproxy\.log: 203\.0\.113\./)
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

test('counts connections to a path and of a time alone, and says how many it left out', async () => {
  const path = join(folder, 'paths.log')
  const line = (minute: number, name: string, status: number) =>
    `1.2.3.4 - - [20/Nov/2026:09:${String(minute).padStart(2, '0')}:00 +0000] "GET ${name} HTTP/1.1" ${status} 37 "-" "ua" 60.010\n`
  const text = Array.from({ length: 60 }, (_, at) => line(at, at % 2 === 0 ? '/chat?room=1' : '/feed/9', 101))
  // Its path is no WebSocket's, as far as the lines show: it counts because it is asked about.
  await writeFile(path, [...text, line(59, '/', 502), line(59, '/', 200)].join(''))
  const counts = async (...args: string[]) => {
    const { connections, left_out, refused } = await json([...args, path])
    return [connections, left_out, refused]
  }
  assert.deepEqual(await counts(), [60, 0, {}])
  assert.deepEqual(await counts('--path', '/chat'), [30, 30, {}])
  assert.deepEqual(await counts('--path', '/feed'), [30, 30, {}])
  assert.deepEqual(await counts('--path', '/fe*'), [30, 30, {}])
  assert.deepEqual(await counts('--path', '/*'), [61, 0, { 502: 1 }])
  assert.deepEqual(await counts('--since', '2026-11-20T09:30'), [30, 30, {}])
  assert.deepEqual(await counts('--since', '2026-11-20 10:30:00+01:00', '--until', '2026-11-20T09:40Z'), [
    10,
    50,
    {},
  ])
  assert.deepEqual(await counts('--until', '2026-11-20'), [0, 60, {}])
})

test('a path or a time that is none is refused with what is taken', async () => {
  const refusals: [string[], RegExp][] = [
    [['--path', 'chat'], /--path takes a path such as \/ws, not chat/],
    [['--since', 'yesterday'], /--since takes 2026-11-20, .* not yesterday/],
    [['--until', '2026-13-01'], /--until takes .* not 2026-13-01/],
    [['--since', '2026-11-21', '--until', '2026-11-20'], /--since is not before --until/],
  ]
  for (const [args, says] of refusals) {
    const { output, code } = start([...args, fixture('h-idle/haproxy.log')])
    assert.equal(await code, 2, args.join(' '))
    assert.match(output.stderr, says)
  }
})

test('a failed handshake counts whatever its path is called, where no line shows a WebSocket', async () => {
  const error = join(folder, 'refused.log')
  const access = join(folder, 'answered.log')
  const at = (second: number) => String(10 + second)
  const seconds = [1, 2, 3, 4, 5]
  await writeFile(
    error,
    seconds
      .map(
        (second) =>
          `2026/11/20 09:00:${at(second)} [error] 1#1: *${second} connect() failed (111: Connection refused) while connecting to upstream, client: 1.2.3.${second}, server: a, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:9000/", host: "a"\n`,
      )
      .join(''),
  )
  await writeFile(
    access,
    seconds
      .map(
        (second) =>
          `1.2.3.${second} - - [20/Nov/2026:09:00:${at(second)} +0000] "GET / HTTP/1.1" 502 157 "-" "ua"\n`,
      )
      .join(''),
  )
  const alone = await json([error])
  assert.equal(alone.connections, 5)
  assert.equal(alone.report.outcome, 'fault')
  const both = await json([access, error])
  assert.deepEqual([both.connections, both.refused], [5, { 502: 5 }])
  // Of the access log alone nobody can tell whether they were handshakes.
  assert.equal((await json([access])).connections, 0)
})

/** Files that hold more than the heap that reads them. */
const large: Record<string, () => string[]> = {
  'long lines of connections': () => {
    const agent = 'x'.repeat(65_000)
    return Array.from({ length: 1500 }, (_, at) => access(agent, 60 + (at % 50)))
  },
  'short lines of connections among long ones of others': () => {
    const other = `${'nothing to see '.repeat(1100)}\n`
    return Array.from({ length: 6000 }, (_, at) => `${access('agent', 60 + (at % 50))}${other}`)
  },
}

const access = (agent: string, seconds: number) =>
  `1.2.3.4 - - [01/Jan/2026:00:00:00 +0000] "GET /ws HTTP/1.1" 101 0 "-" "${agent}" ${seconds}.000\n`

for (const [what, linesOf] of sampled(Object.entries(large), 2)) {
  test(`memory stays bounded whatever is kept: ${what}`, async () => {
    const file = join(folder, `${what.slice(0, 5)}.log`)
    const lines = linesOf()
    await writeFile(file, lines)
    const { exit } = startProcess({
      command: ['server/cli/main.ts', 'logs', '--json', file],
      env: { NODE_OPTIONS: '--max-old-space-size=80' },
    })
    const { code, stdout, stderr } = await exit
    assert.equal(code, 0, stderr.slice(-2000))
    assert.equal(JSON.parse(stdout).connections, lines.length)
  })
}
