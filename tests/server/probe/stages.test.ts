/** What a probe tells while it runs, and what is left of it when it is interrupted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { probe } from '#server/probe/probe.ts'
import { accept, answer, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { LOCAL, runProbe, runProbeWithStages } from '#tests/server/probe/support/run.ts'

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
  const evidence = await runProbe(peer.url, {}, stop.signal)
  await peer.close()
  assert.equal(evidence.probe?.tcp?.outcome, 'connected')
  // That it was not answered before the person lost patience says nothing of the server.
  assert.equal(evidence.probe?.end, undefined)
  assert.ok(performance.now() - began < 4000)
})

test('a run that has used up its time makes no further retries, and names those that it did not make', async () => {
  let requests = 0
  let skippedMs = 0
  const peer = await rawServer((socket) => {
    requests += 1
    // The first retry takes up all that is left, by the probe's clock.
    if (requests === 2) skippedMs = 60_000
    socket.end(answer('403 Forbidden'))
  })
  const { probe: first, retries } = await probe(
    peer.url,
    { retries: true, origin: 'https://app.example', budget: { stageMs: 5_000, runMs: 50_000 } },
    { policy: LOCAL, now: () => performance.now() + skippedMs },
  )
  await peer.close()
  assert.equal(first?.http?.status, 403)
  const [made, ...leftOut] = retries ?? []
  assert.equal(made?.status, 403)
  assert.ok(leftOut.length > 0 && leftOut.every(({ out_of_time: isLeftOut }) => isLeftOut))
  assert.equal(requests, 2)
  const { warnings } = diagnose({ target: { url: peer.url }, probe: first, retries })
  const said = warnings.find(({ id }) => id === 'retries-left-out')?.says ?? ''
  assert.match(said, /had tried again .*without an Origin|had tried again .*from /)
})
