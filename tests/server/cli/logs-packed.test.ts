import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import zlib from 'node:zlib'
import { run } from '#server/cli/logs.ts'

const folder = await mkdtemp(join(tmpdir(), 'why1006-packed-'))
after(() => rm(folder, { recursive: true }))

const lines = Array.from(
  { length: 20 },
  (_, at) =>
    `203.0.113.${at} - - [20/Nov/2026:09:0${at % 10}:30 +0000] "GET /ws HTTP/1.1" 101 37 "-" "Firefox" rt=60.01${at % 10} up=websocket\n`,
).join('')

async function logs(args: readonly string[], stdin: Readable = Readable.from([])) {
  const output = { stdout: '', stderr: '' }
  const write = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      output[name] += text
    },
  })
  const io = { stdin, stdout: write('stdout'), stderr: write('stderr'), signal: new AbortController().signal }
  const code = await run(['--json', ...args], io)
  return { code, ...output, connections: output.stdout === '' ? 0 : JSON.parse(output.stdout).connections }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const packers: Record<string, ((text: string) => Buffer) | undefined> = {
  gzip: zlib.gzipSync,
  'gzip in several members': (text) =>
    Buffer.concat([zlib.gzipSync(text.slice(0, 500)), zlib.gzipSync(text.slice(500))]),
  zstd: zlib.zstdCompressSync,
}

for (const [name, pack] of Object.entries(packers)) {
  const skip = pack === undefined ? `this Node has no ${name}` : false
  test(`${name} is known by its bytes, in a file and on standard input`, { skip }, async () => {
    const packed = pack?.(lines) ?? Buffer.alloc(0)
    assert.equal((await logs([await file('plain.log', packed)])).connections, 20)
    const chunks = Array.from({ length: Math.ceil(packed.length / 50) }, (_, at) =>
      packed.subarray(at * 50, at * 50 + 50),
    )
    assert.equal((await logs(['-'], Readable.from(chunks))).connections, 20)
  })
}

test('what is no log says what it is and what to do', async () => {
  const contents: [string, Uint8Array, RegExp][] = [
    ['a.bz2', Buffer.from('BZh91AY&SY'), /a\.bz2: It is packed with bzip2\. Unpack it first: bunzip2/],
    ['a.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1]), /packed with xz\. Unpack it first: unxz/],
    ['a.zip', Buffer.from('PK\u0003\u0004rest'), /zip archive\. Unpack it first/],
    ['a.journal', Buffer.from('LPKSHHRH'), /journal of systemd\. Pipe it in as text/],
    ['a.bin', Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 29)), /a binary file/],
  ]
  for (const [name, content, says] of contents) {
    const { code, stdout, stderr } = await logs([await file(name, content)])
    assert.deepEqual([code, stdout], [2, ''], name)
    assert.match(stderr, says)
  }
})

test('zeros where a writer went on after its file was cut, and text in UTF-16, are read', async () => {
  assert.equal((await logs([await file('zeros.log', `${'\0'.repeat(9000)}\n${lines}`)])).connections, 20)
  const utf16 = Buffer.from(`\uFEFF${lines}`, 'utf16le')
  assert.equal((await logs([await file('utf16.log', utf16)])).connections, 20)
})

test('a device without an end is given up, with what is wrong', async () => {
  const { code, stderr } = await logs(['/dev/zero'])
  assert.equal(code, 2)
  assert.match(stderr, /\/dev\/zero: There is no line end in 64 MiB/)
})
