/** Clients that people really use, each in its own process or runtime. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

const run = promisify(execFile)
const wscat = new URL('../../../node_modules/wscat/bin/wscat', import.meta.url).pathname

let server: TestServer

before(async () => {
  server = await startServer()
})
after(() => server.app.close(0))

const url = (path: string) => `ws://127.0.0.1:${server.port}${path}`

test('wscat is welcomed and echoed', async () => {
  const { stdout } = await run(process.execPath, [wscat, '-c', url('/ws/echo'), '-x', '{"a":1}', '-w', '1'])
  assert.match(stdout, /"type":"welcome"/)
})

test('wscat with a foreign origin is told 403', async () => {
  const child = spawn(process.execPath, [wscat, '-c', url('/ws'), '-o', 'https://evil.example'])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await once(child, 'close')
  assert.match(output, /403/)
})

test("Node's own WebSocket exchanges text, binary and a close code with its reason", async () => {
  const socket = new WebSocket(url('/ws/echo?trace=undici'))
  socket.binaryType = 'arraybuffer'
  const received: unknown[] = []
  const messages = new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      received.push(typeof data === 'string' ? JSON.parse(data).type : new Uint8Array(data))
      if (received.length === 4) resolve()
    })
  })
  await once(socket, 'open')
  socket.send('{"a":1}')
  socket.send('not JSON')
  socket.send(new Uint8Array([0, 255]))
  await messages
  assert.deepEqual(received, ['welcome', 'echo', 'echo_raw', new Uint8Array([0, 255])])
  const closed = once(socket, 'close')
  socket.close(4001, 'enough')
  const [{ code, reason, wasClean }] = await closed
  assert.deepEqual([code, reason, wasClean], [4001, 'enough', true])
  assert.equal((await server.event('disconnected', 'undici')).close_code, 4001)
})

const program = `
import asyncio, json, sys, websockets

async def main(base):
    async with websockets.connect(base + "/ws/echo?ping_interval=0.5&ping_timeout=0.49", max_size=None) as ws:
        welcome = json.loads(await ws.recv())
        assert welcome["config"]["ping_interval"] == 0.5, welcome
        text = json.dumps({"big": "x" * 200000, "umlaut": "ü"})
        await ws.send(text)
        assert json.loads(await ws.recv())["original"] == json.loads(text)
        await ws.send(b"\\x00\\xff" * 1000)
        assert await ws.recv() == b"\\x00\\xff" * 1000
        await (await ws.ping())
        assert json.loads(await ws.recv())["type"] == "server_ping"
        await asyncio.sleep(0.5)
        await ws.close(1000, "done")
        assert ws.close_code == 1000
    async with websockets.connect(base + "/ws") as ws:
        await ws.send(['{"type":', '"ping"}'])
        assert json.loads(await ws.recv())["type"] == "pong"
    print("ok")

asyncio.run(main(sys.argv[1]))
`

/** The interpreter that has the library: Debian's own may stand behind another one in the PATH. */
async function findPython(): Promise<string | undefined> {
  for (const candidate of ['python3', '/usr/bin/python3']) {
    const hasLibrary = await run(candidate, ['-c', 'import websockets']).then(
      () => true,
      () => false,
    )
    if (hasLibrary) return candidate
  }
  return undefined
}

const python = await findPython()
const missing = 'python3-websockets is not installed (apt-get install python3-websockets)'

test("Python's websockets exchanges large, binary and fragmented messages and pings", {
  skip: python === undefined && missing,
}, async () => {
  assert.ok(python)
  const { stdout } = await run(python, ['-c', program, url('')])
  assert.equal(stdout.trim(), 'ok')
})
