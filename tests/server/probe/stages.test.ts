/** What a probe tells while it runs, and what is left of it when it is interrupted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accept, answer, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { runProbe, runProbeWithStages } from '#tests/server/probe/support/run.ts'

test('each stage is told as it begins and as it ends, with what it found', async () => {
  const peer = await rawServer((socket, request) => accept(socket, request))
  try {
    const { stages, evidence } = await runProbeWithStages(peer.url)
    assert.deepEqual(
      stages.map(({ stage, state }) => `${stage} ${state}`),
      [
        'url ok',
        'dns started',
        'dns ok',
        'tcp started',
        'tcp ok',
        'http started',
        'http ok',
        'checks ok',
        'watch started',
        'close started',
        'frames ok',
        'watch ok',
        'close ok',
      ],
    )
    const found = Object.assign({}, ...stages.map((event) => event.found ?? {}))
    assert.deepEqual(found.http, evidence.probe?.http)
    assert.ok(stages.every(({ says }) => says !== ''))
  } finally {
    await peer.close()
  }
})

test('an interrupted probe reports what is known so far', async () => {
  const stop = new AbortController()
  const peer = await rawServer(() => stop.abort())
  const began = performance.now()
  const { probe } = await runProbe(peer.url, {}, stop.signal)
  await peer.close()
  assert.equal(probe?.tcp?.outcome, 'connected')
  // That it was not answered before the person lost patience says nothing of the server.
  assert.equal(probe?.end, undefined)
  assert.ok(performance.now() - began < 4000)
})

test('a run that has used up its time makes no further retries', async () => {
  const peer = await rawServer((socket) => {
    setTimeout(() => socket.end(answer('403 Forbidden')), 300)
  })
  const began = performance.now()
  const options = { retries: true, origin: 'https://app.example', budget: { stageMs: 5000, runMs: 700 } }
  const { probe, retries } = await runProbe(peer.url, options)
  await peer.close()
  assert.equal(probe?.http?.status, 403)
  assert.ok((retries ?? []).length < 3, `${retries?.length} retries`)
  assert.ok(performance.now() - began < 3000, `${performance.now() - began} ms`)
})
