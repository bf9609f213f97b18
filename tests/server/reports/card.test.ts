/** The picture of a verdict is drawn from what is on this machine. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentence } from '#lib/text/foreign.ts'
import { drawCard } from '#server/reports/card.ts'

const PNG = [0x89, 0x50, 0x4e, 0x47]

const dimensions = (bytes: Uint8Array) => {
  const view = Buffer.from(bytes)
  return [view.readUInt32BE(16), view.readUInt32BE(20)]
}

test('letters that the font lacks are not asked for elsewhere', async (context) => {
  const asked = context.mock.method(globalThis, 'fetch', () => Promise.reject(new Error('offline')))
  const bytes = await drawCard({
    id: 'x',
    created: 1_796_000_000,
    outcome: 'fault',
    cause: 'idle-timeout',
    certainty: 'proven',
    headline: sentence`${'例え 😀 \u0627\u0644 “quoted” – it’s …'.repeat(9)}`,
    url: `wss://пример.example/😀/${'x'.repeat(5000)}`,
    watched_ms: 60_000,
  })
  assert.deepEqual([...bytes.subarray(0, 4)], PNG)
  assert.deepEqual(dimensions(bytes), [1200, 630])
  assert.deepEqual(
    asked.mock.calls.map(({ arguments: [url] }) => String(url)).filter((url) => url.startsWith('http')),
    [],
  )
})

test('each outcome has a picture of its own, with and without a URL', async () => {
  const pictures = await Promise.all(
    (['healthy', 'fault', 'undetermined'] as const).map((outcome) =>
      drawCard({ id: 'x', created: 5, outcome }),
    ),
  )
  assert.equal(new Set(pictures.map((bytes) => Buffer.from(bytes).toString('base64'))).size, 3)
})
