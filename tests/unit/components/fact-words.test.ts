import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factWords } from '#components/checklist/fact-words.ts'

test('facts read with their units, and paths and variables as they are written', () => {
  assert.deepEqual(factWords('event_loop_delay_max_ms', 3), { name: 'event loop delay max', value: '3 ms' })
  assert.deepEqual(factWords('rss_mebibytes', 90), { name: 'rss', value: '90 MiB' })
  assert.deepEqual(factWords('processor_percent', 12), { name: 'processor', value: '12%' })
  assert.deepEqual(factWords('limit', 20_000), { name: 'limit', value: '20,000' })
  assert.deepEqual(factWords('port', 8080), { name: 'port', value: '8080' })
  assert.deepEqual(factWords('WS_PING_INTERVAL', 30), { name: 'WS_PING_INTERVAL', value: '30 s' })
  assert.deepEqual(factWords('/ws_x', 'open after 3 ms'), { name: '/ws_x', value: 'open after 3 ms' })
  assert.deepEqual(factWords('addresses', []), { name: 'addresses', value: 'none' })
})
