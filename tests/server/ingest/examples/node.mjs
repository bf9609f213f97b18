// Tells Why1006 that a connection of this server ended: node node.mjs
const { WHY1006_URL = 'http://localhost:9000', WHY1006_TOKEN = 'none' } = process.env
const sender = { id: crypto.randomUUID(), at: Date.now() / 1000, instance: `${process.pid}`, service: 'chat' }
const connection = { client_id: 'c-1', endpoint: '/socket', duration_ms: 61_000, pings: 2, pongs: 1 }
const end = { kind: 'disconnected', close_code: 1006, reason: '', initiator: 'network' }
const response = await fetch(`${WHY1006_URL}/api/ingest`, {
  method: 'POST',
  headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${WHY1006_TOKEN}` },
  body: JSON.stringify({ ...sender, ...connection, ...end }),
})
process.stdout.write(`${response.status} ${await response.text()}\n`)
