/**
 * An application with OpenTelemetry, its exporters in memory, and an instrumented ws: one connection that the client closes
 * with an application's code, one that the server cuts over a missed pong, one refused. Prints what was exported.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { metrics } from '@opentelemetry/api'
import { logs } from '@opentelemetry/api-logs'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { instrument } from 'why1006/instrument'
import { WebSocket, WebSocketServer } from 'ws'

const logExporter = new InMemoryLogRecordExporter()
logs.setGlobalLoggerProvider(
  new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logExporter })] }),
)
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({
  exporter: metricExporter,
  exportIntervalMillis: 60_000,
  exportTimeoutMillis: 30_000,
})
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))

const ends = []
const server = createServer()
instrument(server, {
  log: false,
  service: 'shop',
  onEvent: ({ kind }) => kind === 'disconnected' && ends.shift()?.(),
})
const sockets = new WebSocketServer({ server, verifyClient: ({ req }) => !req.url.startsWith('/refused') })
sockets.on('connection', (socket, request) => {
  if (!request.url.startsWith('/silent')) return
  const pingedAt = performance.now()
  socket.ping()
  socket.once('pong', () => {
    // An answer is missed when it takes four times as long as those before.
    const patienceMs = 1200 + 6 * (performance.now() - pingedAt)
    socket.ping()
    setTimeout(() => socket.terminate(), patienceMs)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const ended = () => new Promise((resolve) => ends.push(resolve))
const connect = (path) => {
  const options = { headers: { 'user-agent': 'app/1', origin: 'https://shop.example' } }
  const client = new WebSocket(`ws://localhost:${server.address().port}${path}`, options)
  client.on('error', () => {})
  return client
}

const polite = connect('/live?token=geheim')
await once(polite, 'open')
polite.close(4000 + Math.floor(Math.random() * 999), 'bye')
await ended()
const silent = connect('/silent')
silent.once('ping', () => setImmediate(() => silent._socket.pause()))
await ended()
await new Promise((resolve) => connect('/refused').once('close', resolve))
await reader.forceFlush()

const told = {
  logs: logExporter
    .getFinishedLogRecords()
    .map(({ eventName, severityText, attributes }) => ({ eventName, severityText, attributes })),
  metrics: metricExporter
    .getMetrics()
    .at(-1)
    .scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.map(({ descriptor: { name, unit }, dataPoints }) => ({
        scope: scope.name,
        name,
        unit,
        points: dataPoints.map(({ attributes, value }) => ({ attributes, value: value.count ?? value })),
      })),
    ),
}
process.stdout.write(JSON.stringify(told), () => process.exit(0))
