/** `npm pack` makes a package that works where there is nothing but Node: no network, no other package. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import {
  emptyFolder,
  filesOf,
  type Installed,
  install,
  nodes,
  npx,
  pack,
  runIn,
  runWith,
  serveWith,
  writeIn,
} from '#tests/parity/support/packed.ts'
import { root } from '../../../scripts/setup/paths.mjs'

const MOST_BYTES = 20e6
const refused = 'ws://127.0.0.1:9/live'

const packed = emptyFolder('packed')
let tarball: string
let installed: Installed
before(async () => {
  tarball = await pack(packed)
  installed = await install(tarball)
})
after(() => rmSync(packed, { recursive: true }))

test('it is small, needs no other package, and is of no platform', () => {
  assert.ok(statSync(tarball).size < MOST_BYTES)
  assert.deepEqual(
    filesOf(path.join(installed.folder, 'node_modules')).filter((file) => !file.startsWith('why1006/')),
    ['.package-lock.json'],
  )
  const built = filesOf(installed.home).filter((file) => /\.(?:node|dylib|dll|exe)$|\.so(?:\.|$)/.test(file))
  assert.deepEqual(built, [])
})

test('no file of it names a place of the machine that packed it', () => {
  const naming = filesOf(installed.home).filter((file) =>
    readFileSync(path.join(installed.home, file), 'latin1').includes(root),
  )
  assert.deepEqual(naming, [])
})

test('every module has its source map, and whose work is in it is told', () => {
  const files = new Set(filesOf(path.join(installed.home, 'dist/why1006/server')))
  const without = [...files].filter(
    (file) => file.endsWith('.js') && file !== 'recorder.js' && !files.has(`${file}.map`),
  )
  assert.deepEqual(without, [])
  const notices = readFileSync(path.join(installed.home, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8')
  for (const name of ['next', 'react', 'recharts', 'ws', 'hono', 'zod', '@fontsource-variable/geist'])
    assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ `, 'm'))
  assert.match(notices, /SIL OPEN FONT LICENSE/)
})

test('npx of the tarball runs it, the first time', async () => {
  const { code, stdout } = await npx(tarball, 'diagnose', refused)
  assert.equal(code, 1)
  assert.match(stdout, /connection-refused\): proven/)
})

for (const line of await nodes()) {
  const name = `Node ${line.major}`
  if ('missing' in line) {
    test(name, { skip: line.missing }, () => {})
    continue
  }
  const { major, node } = line
  const why1006 = (...args: string[]) => runWith(node, installed, ...args)

  describe(name, () => {
    test('finds all that its modules import of Node by name', async () => {
      // One that is missing ends the program before its first line, for whoever gets to that module.
      const program = `
        import { readdirSync, readFileSync } from 'node:fs'
        const folder = process.argv[1]
        for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
          const text = readFileSync(folder + '/' + file, 'utf8')
          for (const [, names, from] of text.matchAll(/^import \\{([^}]*)\\} from "(node:[^"]+)"/gm)) {
            const there = await import(from)
            for (const name of names.split(',').map((part) => part.trim().split(' as ')[0]))
              if (!(name in there)) console.log(file, from, name)
          }
        }`
      const folder = path.join(installed.home, 'dist/why1006/server')
      const { code, stdout, stderr } = await runIn(installed.folder, node, [
        '--input-type=module',
        '-e',
        program,
        folder,
      ])
      assert.deepEqual([code, stdout, stderr], [0, '', ''])
    })

    test('explains, lints, judges and reads logs', async () => {
      const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
      assert.equal((await why1006('--version')).stdout, `${version}\n`)
      const code = await why1006('explain', '1006')
      assert.match(code.stdout, /^1006 Abnormal Closure\n/)
      const message = await why1006('explain', 'Unexpected server response: 403')
      assert.match(message.stdout, /^Printed by ws/m)

      const folder = emptyFolder('files')
      const config = writeIn(
        folder,
        'nginx.conf',
        'server { listen 80; location /ws { proxy_pass http://127.0.0.1:8; } }',
      )
      const lint = await why1006('lint', config)
      assert.match(lint.stdout, /nginx\.conf:1 {2}error {2}upgrade-header-missing/)
      const evidence = writeIn(
        folder,
        'evidence.json',
        '{"target":{"url":"ws://app.example/"},"probe":{"dns":{"outcome":"error","code":"ENOTFOUND"}}}',
      )
      const judged = await why1006('judge', evidence)
      assert.match(judged.stdout, /\(dns-failure\)/)
      const log =
        '203.0.113.7 - - [30/Nov/2026:10:00:00 +0000] "GET /ws HTTP/1.1" 403 153 "-" "Mozilla/5.0"\n'.repeat(
          3,
        )
      const packedLog = path.join(folder, 'access.log.zst')
      writeFileSync(packedLog, zstdCompressSync(log))
      const read = await why1006('logs', packedLog)
      if (major < 22) assert.match(read.stderr, /zstd, which Node v20\.\S+ cannot read.*or use Node 22\.15/)
      else assert.match(read.stdout, /403/)
    })

    test('diagnoses a refused port', async () => {
      const { code, stdout, stderr } = await why1006('diagnose', refused)
      assert.equal(code, 1)
      assert.match(stderr, /refused \(ECONNREFUSED\)/)
      assert.match(stdout, /connection-refused\): proven/)
    })

    test('serves the dashboard without a command, with its sockets and a report’s picture', async () => {
      const { url, end } = await serveWith(node, installed)
      try {
        await servesPages(url)
        await echoes(url)
        await diagnoses(url)
        const health = await (await fetch(`${url}/health`)).json()
        assert.deepEqual(health.keeping, major < 22 ? { trouble: 'no-sqlite' } : undefined)
      } finally {
        const { code, stdout, stderr } = await end()
        assert.equal(code, 0)
        assert.equal(stderr, '')
        assert.match(
          stdout,
          major < 22
            ? /^Node 22\.16 and newer can keep events and reports in a file\. This is Node 20\.\S+\. Events and reports are kept in memory\.$/m
            : /^Events and reports are kept in .*\.why1006\/journal\.db\.$/m,
        )
      }
    })

    test('watches a server of one’s own', async () => {
      const program = writeIn(
        installed.folder,
        'app.mjs',
        `import { createServer } from 'node:http'
         import { request } from 'node:http'
         import { instrument } from 'why1006/instrument'
         const server = createServer()
         server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\\r\\n\\r\\n'))
         instrument(server, { service: 'shop' })
         server.listen(0, '127.0.0.1', () => {
           const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
           request({ port: server.address().port, headers }, (answer) => answer.resume().on('end', () => server.close())).end()
         })`,
      )
      const { code, stdout, stderr } = await runIn(installed.folder, node, [program])
      assert.deepEqual([code, stderr], [0, ''])
      assert.match(stdout, /^\[WS_DIAGNOSTICS\] REJECTED 403: .* service=shop/m)
    })
  })
}

async function servesPages(url: string): Promise<void> {
  const page = await fetch(`${url}/`)
  assert.equal(page.status, 200)
  const html = await page.text()
  assert.ok(html.includes('<title>Live · Why1006</title>'))
  const parts = [...new Set(html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g))]
  assert.ok(parts.length > 1)
  for (const part of [...parts, '/icon.svg', '/recorder.js', '/diagnose', '/playbook/idle-timeout'])
    assert.equal((await fetch(url + part)).status, 200, part)
}

async function echoes(url: string): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/echo`)
  await once(socket, 'open')
  const [greeting] = await once(socket, 'message')
  assert.ok(greeting.data)
  socket.send('still there?')
  const [answer] = await once(socket, 'message')
  assert.match(String(answer.data), /still there\?/)
  socket.close()
}

/** By the probe, judged in a thread, kept, drawn by another part of Next. */
async function diagnoses(url: string): Promise<void> {
  const stages = await fetch(`${url}/api/diagnose`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: refused }),
  })
  const last = (await stages.text()).trim().split('\n').at(-1) ?? ''
  const { id, report } = JSON.parse(last)
  assert.equal(report.verdicts[0].cause, 'connection-refused')
  assert.equal((await fetch(`${url}/reports/${id}`)).status, 200)
  const picture = await fetch(`${url}/api/reports/${id}.png`)
  assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/png'])
}
