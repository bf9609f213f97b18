/** The course of the pages' experiments (open, watch, probe, judge, add), against a real server on real sockets. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  type Experiment,
  type ExperimentState,
  type Setup,
  startExperiment,
} from '#components/experiment/experiment.ts'
import { openTrial, pastTrial, type Trial } from '#components/experiment/trial.ts'
import { toastQueue } from '#components/ui/toast-queue.ts'
import type { SocketLike } from '#lib/store/kit/ports.ts'
import { createLive, type Live } from '#lib/store/live.ts'
import { startServer, type TestServer } from '#tests/server/support/server.ts'

let server: TestServer
const { fetch } = globalThis
/** What becomes of a request to this path, where it does not reach the server. */
let intercept: (path: string) => Promise<Response> | undefined = () => undefined

before(async () => {
  server = await startServer({ HOST: 'localhost' }, {}, { probe: { watchMs: 60 } })
  // As a page asks: by path alone. Whoever else is tested in this process names a server.
  globalThis.fetch = (asked, init) => {
    if (typeof asked !== 'string' || !asked.startsWith('/')) return fetch(asked, init)
    return intercept(asked) ?? fetch(`http://localhost:${server.port}${asked}`, init)
  }
})
after(async () => {
  globalThis.fetch = fetch
  await server.app.close(0)
})

/** A page's live core, on the sockets of this process. */
function createCore(): Live {
  return createLive({
    now: () => performance.timeOrigin + performance.now(),
    openSocket: (url, subprotocols) => new WebSocket(url, [...subprotocols]) as SocketLike,
    openEventSource: () => assert.fail('the feed is not started'),
    getJson: () => assert.fail('the server is not polled'),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    frame: (run) => {
      const turn = setImmediate(run)
      return () => clearImmediate(turn)
    },
    random: Math.random,
    storage: { getItem: () => null, setItem: () => {} },
    page: { origin: server.origin, isHidden: () => false, isOnline: () => true, listen: () => () => {} },
  })
}

const urlOf = (path: string) => `ws://localhost:${server.port}${path}`

function open(path: string, companions?: { count: number; everyMs: number }): { core: Live; trial: Trial } {
  const core = createCore()
  const trial = openTrial({
    core,
    companions,
    recorder: () => ({
      feed: core.store.getState().feed,
      page: { origin: server.origin, online: true },
      nowMs: performance.timeOrigin + performance.now(),
    }),
    open: () => core.actions.open({ url: urlOf(path), autoReconnect: false, remember: false }),
  })
  return { core, trial }
}

/** The first state that is so. */
function until(
  { store }: Experiment,
  isSo: (state: ExperimentState) => boolean | undefined,
): Promise<ExperimentState> {
  return new Promise((resolve) => {
    const look = (state: ExperimentState) => {
      if (!isSo(state)) return
      unsubscribe()
      resolve(state)
    }
    const unsubscribe = store.subscribe(look)
    look(store.getState())
  })
}

const isDone = ({ judgement }: ExperimentState) => judgement.status === 'done' && !judgement.isAwaited
const storedOf = ({ judgement }: ExperimentState) =>
  judgement.status === 'done' ? judgement.stored : assert.fail(`it is ${JSON.stringify(judgement)}`)

/** As Diagnose has it: probed at once, with the page's own connection beside it. */
const asDiagnose = (trial: Trial, path: string): Setup => ({
  trial,
  watchMs: null,
  plan: () => ({ probe: { url: urlOf(path), retries: false } }),
  grace: { connectingMs: 10_000, openMs: 0 },
})

describe('an experiment', { concurrency: false }, () => {
  test('watches until the connection is over, then judges what was recorded, without a probe', async () => {
    const { trial } = open('/lab/idle-timeout/ws?after_seconds=0.2')
    const experiment = startExperiment({ trial, watchMs: 60_000, plan: () => ({ probe: null }) })
    const { judgedAt } = await until(experiment, (state) => state.judgedAt !== null)
    assert.ok(judgedAt !== null && judgedAt > Date.now() + 30_000)
    const { ids, judgedAt: then, ...state } = await until(experiment, isDone)
    assert.deepEqual([ids, then], [trial.ids(), null])
    const { evidence } = storedOf({ ids, judgedAt: then, ...state })
    assert.equal(evidence.probe, undefined)
    assert.ok(evidence.browser?.events?.some(({ type }) => type === 'close'))
    experiment.end()
  })

  test('judges a connection that stays open when its time has come', async () => {
    const { core, trial } = open('/ws/health')
    const experiment = startExperiment({ trial, watchMs: 50, plan: () => ({ probe: null }) })
    const stored = storedOf(await until(experiment, isDone))
    assert.ok(stored.evidence.browser?.events?.every(({ type }) => type !== 'close'))
    assert.equal(core.store.getState().connectionIds.length, 1)
    experiment.end()
    assert.equal(core.store.getState().connectionIds.length, 0)
    // The report is still there.
    assert.equal(storedOf(experiment.store.getState()).id, stored.id)
  })

  test('probes beside it, tells how far it is, shows the probe’s report, and adds what was recorded', async () => {
    const { trial } = open('/ws/health')
    const experiment = startExperiment(asDiagnose(trial, '/ws/health'))
    const told: ExperimentState['judgement'][] = []
    experiment.store.subscribe(({ judgement }) => told.push(judgement))
    await experiment.judge()
    const { evidence } = storedOf(experiment.store.getState())
    assert.ok(evidence.probe?.http?.status === 101 && evidence.browser !== undefined)
    const stages = told.flatMap((each) => (each.status === 'probing' ? [each.progress.stage] : []))
    assert.deepEqual(stages.at(0), null)
    assert.ok(stages.includes('tcp') && stages.includes('watch'))
    const awaited = told.find((each) => each.status === 'done')
    assert.ok(awaited?.status === 'done' && awaited.isAwaited)
    assert.equal(awaited.stored.evidence.browser, undefined)
    experiment.end()
  })

  test('asks the probe only where what was recorded leaves a choice', async () => {
    const recorded = { browser: { events: [{ ms: 1, type: 'close' as const, code: 1006 }] } }
    const seen: unknown[] = []
    const experiment = startExperiment({
      trial: pastTrial(recorded),
      watchMs: null,
      plan: (evidence) => {
        seen.push(evidence)
        return { probe: null }
      },
    })
    await experiment.judge()
    assert.deepEqual(seen, [recorded])
    assert.equal(storedOf(experiment.store.getState()).evidence.probe, undefined)
  })

  test('opens its companions one after the other, and none once it was left', async () => {
    const { core, trial } = open('/ws', { count: 2, everyMs: 20 })
    const experiment = startExperiment({ trial, watchMs: null, plan: () => ({ probe: null }) })
    assert.equal(experiment.store.getState().ids.length, 1)
    const { ids } = await until(experiment, (state) => state.ids.length === 3)
    assert.equal(trial.toCome(), 0)
    assert.deepEqual([...ids], [...core.store.getState().connectionIds])
    experiment.end()

    const left = open('/ws', { count: 2, everyMs: 20 })
    const other = startExperiment({ trial: left.trial, watchMs: null, plan: () => ({ probe: null }) })
    await until(other, (state) => state.ids.length === 2)
    other.leave()
    assert.deepEqual([left.trial.ids().length, left.trial.toCome()], [2, 0])
    other.end()
  })

  test('left while it is probed, it forgets the judgement and keeps the connection', async () => {
    const { core, trial } = open('/ws/health')
    const experiment = startExperiment(asDiagnose(trial, '/ws/health'))
    const judged = experiment.judge()
    await until(
      experiment,
      ({ judgement }) => judgement.status === 'probing' && judgement.progress.stage !== null,
    )
    experiment.leave()
    await judged
    assert.equal(experiment.store.getState().judgement.status, 'none')
    assert.equal(core.store.getState().connectionIds.length, 1)
    experiment.end()
  })

  test('judged anew, it is the second judgement alone that counts', async () => {
    const experiment = startExperiment(asDiagnose(pastTrial(null), '/ws/health'))
    const first = experiment.judge()
    await Promise.all([first, experiment.judge()])
    const { id, evidence } = storedOf(experiment.store.getState())
    assert.ok(evidence.probe)
    const answer = await experiment.add('connection closed with 1006')
    assert.ok(answer !== undefined)
    assert.equal(storedOf(experiment.store.getState()).id, id)
  })

  test('a probe that is refused is a problem, and what cannot be added leaves the probe’s report', async () => {
    intercept = (path) => (path === '/api/diagnose' ? Promise.reject(new TypeError('no network')) : undefined)
    const refused = startExperiment(asDiagnose(pastTrial(null), '/ws'))
    await refused.judge()
    const { judgement } = refused.store.getState()
    assert.ok(judgement.status === 'failed' && judgement.problem.error === 'unreachable')

    intercept = (path) =>
      path.endsWith('/evidence') ? Promise.reject(new TypeError('no network')) : undefined
    const { trial } = open('/ws/health')
    const experiment = startExperiment(asDiagnose(trial, '/ws/health'))
    await experiment.judge()
    intercept = () => undefined
    assert.ok(storedOf(await until(experiment, isDone)).evidence.probe)
    assert.match(toastQueue.getState().toasts.at(-1)?.text ?? '', /was not added/)
    experiment.end()
  })
})
