import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import mixedContent from '#lib/scenarios/mixed-content.ts'
import origin from '#lib/scenarios/origin.ts'
import { encodeRun, restoreRun } from '#lib/scenarios/run/run-record.ts'
import type { RunState } from '#lib/scenarios/run/run-state.ts'
import { freshRun } from '#lib/scenarios/run/scenario-run.ts'
import { createRunScene } from './run-scene.ts'

const conditions = { speed: 'short', hop: 'simulated' } as const

type Scene = ReturnType<typeof createRunScene>

/** The attempt is refused, and the server says that it was for the origin. */
async function refused(scene = createRunScene(origin)): Promise<Scene> {
  await scene.start('reproduce')
  scene.world.advance(5)
  scene.lastSocket().fail()
  scene.pass(250)
  scene.say(scene.idOf('before'), {})
  scene.say(scene.idOf('before'), {
    kind: 'rejected',
    cause: 'origin',
    reason: 'Origin not in allowed list',
    status: 403,
  })
  scene.pass(500)
  return scene
}

async function diagnosed(scene?: Scene): Promise<Scene> {
  const refusedScene = await refused(scene)
  await refusedScene.start('diagnose')
  await refusedScene.asked[0]?.answer({ cause: 'origin-rejected', certainty: 'proven', because: ['it is'] })
  return refusedScene
}

/** The fix is applied; the connection opens, and its server has a heartbeat. */
async function mended(): Promise<Scene> {
  const scene = await diagnosed()
  await scene.start('fix')
  scene.world.advance(5)
  scene.lastSocket().open()
  scene.pass(250)
  const id = scene.idOf('after')
  scene.say(id, {})
  scene.say(id, { kind: 'accepted', ping_interval_seconds: 1, ping_timeout_seconds: 0.5 })
  for (let beat = 1; beat <= 5; beat += 1) {
    scene.pass(1_000)
    scene.say(id, { kind: 'heartbeat', ping_number: beat, rtt_ms: 2, at: 1_800_000_000 + beat })
  }
  return scene
}

describe('a run through a scenario', () => {
  it('sees what should be seen, in page and server, and rests before the diagnosis', async () => {
    const scene = await refused()
    assert.equal(scene.walk(), 'seen seen waiting waiting waiting')
    assert.deepEqual(scene.sights('observe'), ['seen', 'seen'])
    assert.equal(scene.state().evidence?.server?.at(-1)?.type, 'log')
  })

  it('waits for the server’s own word, and fails when it does not come', async () => {
    const scene = createRunScene(origin)
    await scene.start('reproduce')
    scene.lastSocket().fail()
    scene.pass(1_000)
    assert.equal(scene.walk(), 'seen running waiting waiting waiting')
    scene.pass(4_000)
    assert.equal(scene.walk(), 'seen failed waiting waiting waiting')
    assert.deepEqual(scene.sights('observe'), ['seen', 'missed'])
  })

  it('fails where something else happens than the scenario promises', async () => {
    const scene = createRunScene(origin)
    await scene.start('reproduce')
    scene.lastSocket().open()
    scene.pass(250)
    assert.equal(scene.walk(), 'failed waiting waiting waiting waiting')
  })

  it('gives the probe the address that failed and the engine what was recorded', async () => {
    const scene = await refused()
    await scene.start('diagnose')
    const { order } = scene.asked[0] ?? assert.fail('nothing was asked')
    assert.match(order.probe?.url ?? '', /\/ws$/)
    assert.equal(order.evidence?.browser?.events?.at(-1)?.type, 'close')
  })

  it('compares the engine’s verdict with what the scenario expects, and lets it stand either way', async () => {
    const right = await diagnosed()
    assert.equal(right.walk(), 'seen seen seen waiting waiting')
    const wrong = await refused()
    await wrong.start('diagnose')
    await wrong.asked[0]?.answer({ cause: 'forbidden' })
    assert.equal(wrong.walk(), 'seen seen failed waiting waiting')
    assert.equal(wrong.state().examination.status, 'done')
  })

  it('says why a diagnosis could not be had', async () => {
    const scene = await refused()
    await scene.start('diagnose')
    await scene.asked[0]?.fail('The server of this page did not answer.')
    assert.equal(scene.walk(), 'seen seen failed waiting waiting')
    assert.equal(scene.state().problem, 'The server of this page did not answer.')
  })

  it('closes with 1000 once everything else holds, and is done when all six criteria are met', async () => {
    const scene = await mended()
    assert.equal(scene.walk(), 'seen seen seen seen running')
    assert.deepEqual(scene.lastSocket().closeCalls, [{ code: 1000, reason: '' }])
    scene.lastSocket().end(1000)
    scene.pass(500)
    assert.equal(scene.walk(), 'seen seen seen seen seen')
    assert.equal(scene.state().sights.verify.at(-1)?.says, '6 of 6 are met')
  })

  it('is not verified by a connection that is lost again', async () => {
    const scene = await diagnosed()
    await scene.start('fix')
    scene.lastSocket().open()
    scene.pass(500)
    scene.lastSocket().end(1006)
    scene.pass(4_000)
    assert.equal(scene.walk(), 'seen seen seen seen failed')
  })

  it('says so when the connection cannot be opened at all', async () => {
    const scene = createRunScene(origin)
    scene.refuse('8 proxies run already; stop one')
    await scene.start('reproduce')
    assert.equal(scene.walk(), 'failed waiting waiting waiting waiting')
    assert.equal(scene.state().problem, '8 proxies run already; stop one')
  })

  it('forgets what came after a step that is run again, and interrupts what runs', async () => {
    const scene = await refused()
    await scene.start('diagnose')
    await scene.start('reproduce')
    assert.equal(scene.asked[0]?.signal.aborted, true)
    assert.equal(scene.state().examination.status, 'none')
    await scene.asked[0]?.answer({ cause: 'origin-rejected' })
    assert.equal(scene.walk(), 'running waiting waiting waiting waiting')
    assert.deepEqual(scene.sights('observe'), [])
  })

  it('keeps no connection of an attempt that was run anew', async () => {
    const scene = await refused()
    const first = scene.idOf('before')
    await scene.start('reproduce')
    assert.equal(scene.live.store.getState().connections[first], undefined)
  })

  it('begins again under other conditions', async () => {
    const scene = await diagnosed()
    scene.run.change({ hop: 'nginx' })
    assert.equal(scene.walk(), 'waiting waiting waiting waiting waiting')
    await scene.start('reproduce')
    assert.equal(scene.hops.at(-1), 'nginx')
  })

  it('goes on without a step that is skipped', async () => {
    const scene = createRunScene(origin)
    scene.run.skip('reproduce')
    await scene.start('diagnose')
    assert.match(scene.state().problem ?? '', /Nothing was recorded/)
    scene.run.skip('diagnose')
    assert.equal(scene.walk(), 'skipped skipped skipped waiting waiting')
    assert.equal(scene.state().problem, null)
  })
})

describe('a scenario that needs an https page', () => {
  it('shows its recording on any other page, and has that judged', async () => {
    const scene = createRunScene(mixedContent)
    await scene.start('reproduce')
    assert.equal(scene.walk(), 'seen seen waiting waiting waiting')
    assert.equal(scene.state().isRecorded, true)
    await scene.start('diagnose')
    assert.equal(scene.asked[0]?.order.probe, null)
    assert.equal(scene.asked[0]?.order.evidence?.browser?.events?.[0]?.type, 'exception')
  })

  it('opens the real thing where the page came over https', async () => {
    const scene = createRunScene(mixedContent, undefined, true)
    scene.world.refuseWith(
      Object.assign(new Error('An insecure WebSocket connection may not be initiated'), {
        name: 'SecurityError',
      }),
    )
    await scene.start('reproduce')
    scene.pass(500)
    assert.equal(scene.state().isRecorded, false)
    assert.equal(scene.state().walk.reproduce, 'seen')
  })
})

describe('a run that is come back to', () => {
  const kept = async (): Promise<RunState> => (await diagnosed()).state()

  it('is there again with everything that was seen', async () => {
    const state = await kept()
    const again = restoreRun({ walk: 'ssswww', conditions }, encodeRun(state))
    assert.deepEqual(again.walk, freshRun(conditions).walk, 'an address that no walk has')
    const read = restoreRun({ walk: 'sssww', conditions }, encodeRun(state))
    assert.deepEqual(
      [read.walk, read.sights, read.examination, read.subject],
      [state.walk, state.sights, state.examination, state.subject],
    )
    assert.deepEqual(restoreRun({ walk: null, conditions }, encodeRun(state)).walk, state.walk)
  })

  it('is judged by what was recorded before, without its connection', async () => {
    const state = (await refused()).state()
    const scene = createRunScene(origin, restoreRun({ walk: 'sswww', conditions }, encodeRun(state)))
    await scene.start('diagnose')
    assert.match(scene.asked[0]?.order.probe?.url ?? '', /\/ws$/)
    assert.deepEqual(scene.asked[0]?.order.evidence, JSON.parse(JSON.stringify(state.evidence)))
  })

  it('begins again elsewhere while the failure is still to be judged, or its proxy is gone', async () => {
    const fresh = freshRun(conditions).walk
    assert.deepEqual(restoreRun({ walk: 'sswww', conditions }, null).walk, fresh)
    assert.equal(restoreRun({ walk: 'sssww', conditions }, null).walk.diagnose, 'seen')
    const state = (await refused()).state()
    const behindNginx = { ...state, conditions: { speed: 'short', hop: 'nginx' } as const }
    assert.deepEqual(restoreRun({ walk: 'sswww', conditions }, encodeRun(behindNginx)).walk, fresh)
  })

  it('believes nothing that it did not write', () => {
    for (const text of ['', 'null', '{}', '{"walk":"sssss"}', '[1]'])
      assert.deepEqual(restoreRun({ walk: null, conditions }, text), freshRun(conditions))
  })
})
