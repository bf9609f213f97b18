/** What an application's own OpenTelemetry exports of its connections: the real SDK, with `why1006/instrument` as it is built. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { installServers } from '#tests/parity/support/npm-servers.ts'
import { ensureInstrument } from '../../../scripts/pack/instrument.mjs'

const missing = await installServers()

type Attributes = Record<string, unknown>

interface Told {
  readonly logs: readonly { eventName: string; severityText: string; attributes: Attributes }[]
  readonly metrics: readonly {
    scope: string
    name: string
    unit: string
    points: readonly { attributes: Attributes; value: number }[]
  }[]
}

describe('the instrument in an application with OpenTelemetry', { skip: missing ?? false }, () => {
  let told: Told
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-'))
  after(() => rmSync(folder, { recursive: true }))
  before(async () => {
    await ensureInstrument(process.execPath)
    const installed = path.join(folder, 'node_modules/why1006')
    mkdirSync(installed, { recursive: true })
    for (const part of ['package.json', 'dist'])
      cpSync(path.resolve(part), path.join(installed, part), { recursive: true })
    for (const name of ['@opentelemetry', 'ws'])
      symlinkSync(
        path.resolve('tests/parity/applications/servers/node_modules', name),
        path.join(folder, 'node_modules', name),
      )
    cpSync('tests/parity/support/telemetry/app.mjs', path.join(folder, 'app.mjs'))
    const { stdout } = await promisify(execFile)(process.execPath, ['app.mjs'], { cwd: folder })
    told = JSON.parse(stdout)
  })

  const logsOf = (eventName: string) => told.logs.filter((log) => log.eventName === eventName)
  const pointsOf = (name: string) => told.metrics.find((metric) => metric.name === name)?.points ?? []

  it('exports each event but heartbeats as a log event, in order', () => {
    assert.deepEqual(
      told.logs.map(({ eventName, severityText }) => `${eventName} ${severityText}`),
      [
        'websocket.attempt INFO',
        'websocket.accepted INFO',
        'websocket.disconnected INFO',
        'websocket.attempt INFO',
        'websocket.accepted INFO',
        'websocket.pong_timeout WARN',
        'websocket.disconnected WARN',
        'websocket.attempt INFO',
        'websocket.rejected WARN',
      ],
    )
  })

  it('names what the semantic conventions name as they do, with secrets masked', () => {
    const [{ attributes } = assert.fail()] = logsOf('websocket.attempt')
    const { 'server.port': port, 'network.peer.port': peerPort, ...others } = attributes
    assert.ok(Number.isInteger(port) && Number.isInteger(peerPort))
    for (const [name, value] of Object.entries({
      'url.path': '/live',
      'url.query': 'token=***',
      'url.scheme': 'ws',
      'network.peer.address': '127.0.0.1',
      'network.protocol.version': '1.1',
      'server.address': 'localhost',
      'user_agent.original': 'app/1',
      'http.request.header.origin': ['https://shop.example'],
      'service.name': 'shop',
      'websocket.role': 'server',
    }))
      assert.deepEqual(others[name], value, name)
    const [refused] = logsOf('websocket.rejected')
    assert.equal(refused?.attributes['http.response.status_code'], 401)
    const [, cut] = logsOf('websocket.disconnected')
    assert.deepEqual(
      [cut?.attributes['websocket.close.code'], cut?.attributes['websocket.close.initiator']],
      [1006, 'network'],
    )
    assert.equal(
      new Set(logsOf('websocket.disconnected').map((log) => log.attributes['websocket.connection.id'])).size,
      2,
    )
  })

  it('counts what is open, refused and missed, and measures ages and round trips in seconds', () => {
    assert.deepEqual(told.metrics.map(({ scope, name, unit }) => [scope, name, unit]).toSorted(), [
      ['why1006', 'websocket.active_connections', '{connection}'],
      ['why1006', 'websocket.connection.duration', 's'],
      ['why1006', 'websocket.handshake.refused', '{handshake}'],
      ['why1006', 'websocket.ping.duration', 's'],
      ['why1006', 'websocket.ping.missed', '{ping}'],
    ])
    const role = { 'websocket.role': 'server' }
    assert.deepEqual(pointsOf('websocket.active_connections'), [{ attributes: role, value: 0 }])
    assert.deepEqual(pointsOf('websocket.ping.duration'), [{ attributes: role, value: 1 }])
    assert.deepEqual(pointsOf('websocket.ping.missed'), [{ attributes: role, value: 1 }])
    assert.deepEqual(pointsOf('websocket.handshake.refused'), [
      { attributes: { ...role, 'http.response.status_code': 401, 'error.type': '401' }, value: 1 },
    ])
  })

  it('has no series that a client can make up: neither its path nor its own close code is an attribute', () => {
    assert.deepEqual(
      pointsOf('websocket.connection.duration').map(({ attributes }) => attributes),
      [
        { 'websocket.role': 'server', 'websocket.close.initiator': 'client' },
        {
          'websocket.role': 'server',
          'websocket.close.initiator': 'network',
          'websocket.close.code': 1006,
        },
      ],
    )
    assert.doesNotMatch(JSON.stringify(told.metrics), /\/live|\/refused|geheim/)
  })
})
