/**
 * How many files of the product one heartbeat and one diagnosis go through: those of which a function runs meanwhile, as
 * V8 counts calls. And how many files are there for one other alone.
 */
import { Session } from 'node:inspector/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { opcodes } from '#server/wire/frame.ts'
import { options } from '#tests/repo/boundaries.ts'
import { handshake } from '#tests/server/support/raw.ts'
import { startServer } from '#tests/server/support/server.ts'
import { truthCases } from '#tests/unit/diagnosis/truth.ts'
import { following, event as heartbeat } from '#tests/unit/store/feed-scene.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

/** Files of the product of which a function was called since the last time that this was asked. */
async function called(): Promise<string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .map(({ url }) => url.replace(`file://${root}`, ''))
    .filter((file) => /^(?:app|components|lib|server)\//.test(file))
    .sort()
}

async function crossed(what: string, work: () => unknown): Promise<void> {
  await called()
  await work()
  const files = await called()
  console.log(`${what}: ${files.length} files`)
  if (process.env.BENCH_FILES) console.log(files.map((file) => `  ${file}`).join('\n'))
}

/** A WebSocket that answers pings with bytes of its own. */
function open(port: number, endpoint: string) {
  const socket = connect(port, '127.0.0.1')
  socket.write(handshake(endpoint))
  socket.on('data', (bytes: Buffer) => {
    const at = bytes.indexOf(0x80 | opcodes.ping)
    const length = bytes[at + 1] ?? 0
    const payload = bytes.subarray(at + 2, at + 2 + length)
    const head = Buffer.from([0x80 | opcodes.pong, 0x80 | length, 0, 0, 0, 0])
    if (at >= 0) socket.write(Buffer.concat([head, payload]))
  })
  return socket
}

/** A connection that is pinged, and a reader who is told of it. */
async function pinged() {
  const server = await startServer({ WS_PING_INTERVAL: '2' })
  const events = open(server.port, '/ws/diagnostics')
  const client = open(server.port, '/ws')
  const beat = () =>
    new Promise<void>((resolve) => {
      const look = (bytes: Buffer) => {
        if (!bytes.includes('"heartbeat"')) return
        events.off('data', look)
        // What the server does behind it belongs to it.
        setTimeout(resolve, 300)
      }
      events.on('data', look)
    })
  const close = async () => {
    client.destroy()
    events.destroy()
    await server.app.close(0)
  }
  return { beat, close }
}

const { beat, close } = await pinged()
await beat()
await crossed('one heartbeat, on the server', beat)
await close()

const { greet, feed } = following()
const socket = greet()
socket.receive({ type: 'events', events: [heartbeat('a')] })
feed()
await crossed('one heartbeat, in the core of the page', () => {
  socket.receive({ type: 'events', events: [heartbeat('b')] })
  feed()
})

const { diagnose } = await import('#lib/diagnosis/diagnose.ts')
const [recorded] = truthCases
for (const round of [1, 2]) {
  await crossed(
    `one diagnosis${round === 1 ? ', the first of a process' : ''}`,
    () => recorded && diagnose(recorded.evidence),
  )
}

/** A list of entries: whatever stands in it has one importer, and should. */
const LIST = 8

const { output } = await cruise(['app', 'components', 'lib', 'server'], options)
if (typeof output === 'string') throw new Error(output)
const importersOf = new Map<string, string[]>()
for (const { source, dependencies } of output.modules)
  for (const { resolved } of dependencies)
    importersOf.set(resolved, [...(importersOf.get(resolved) ?? []), source])
const entriesOf = new Map<string, number>()
for (const [file, importers] of importersOf)
  for (const importer of new Set(importers)) {
    const key = `${importer} ${path.dirname(file)}`
    entriesOf.set(key, (entriesOf.get(key) ?? 0) + 1)
  }
const counted = [...importersOf].filter(([file]) => /^(?:components|lib|server)\//.test(file))
const alone = counted.filter(([file, importers]) => {
  const [only, ...others] = new Set(importers)
  return others.length === 0 && (entriesOf.get(`${only} ${path.dirname(file)}`) ?? 0) < LIST
})
const besideIt = alone.filter(([file, [only = '']]) => path.dirname(only) === path.dirname(file))
console.log(
  `one importer: ${alone.length} of ${counted.length} files (${Math.round((100 * alone.length) / counted.length)} %), ${besideIt.length} of them in the folder of the one; lists, pages and tests aside`,
)
process.exit(0)
