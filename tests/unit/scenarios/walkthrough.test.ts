import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  advance,
  canRun,
  canSkip,
  currentStep,
  decodeWalk,
  encodeWalk,
  freshWalk,
  type StepId,
  stepIds,
  stepsDone,
  type Walk,
  type WalkEvent,
} from '#lib/scenarios/run/walkthrough.ts'

const walked = (...events: WalkEvent[]): Walk => events.reduce(advance, freshWalk)
const run = (step: StepId): WalkEvent => ({ type: 'run', step })
const seen = (step: StepId): WalkEvent => ({ type: 'seen', step })
const failed = (step: StepId): WalkEvent => ({ type: 'failed', step })
const skip = (step: StepId): WalkEvent => ({ type: 'skip', step })

const whole = [
  run('reproduce'),
  seen('reproduce'),
  seen('observe'),
  run('diagnose'),
  seen('diagnose'),
  run('fix'),
  seen('fix'),
  seen('verify'),
]

describe('a walk through a scenario', () => {
  it('goes from step to step until all are seen', () => {
    assert.deepEqual(new Set(Object.values(walked(...whole))), new Set(['seen']))
    assert.equal(currentStep(walked(...whole)), null)
    assert.equal(stepsDone(walked(...whole)), 5)
  })

  it('watches what a step began without a further click', () => {
    assert.equal(walked(run('reproduce'), seen('reproduce')).observe, 'running')
    assert.equal(walked(...whole.slice(0, 7)).verify, 'running')
  })

  it('waits for a click before it diagnoses and before it mends', () => {
    assert.equal(walked(...whole.slice(0, 3)).diagnose, 'waiting')
    assert.equal(walked(...whole.slice(0, 5)).fix, 'waiting')
  })

  it('runs no step before those before it are done', () => {
    assert.equal(canRun(freshWalk, 'diagnose'), false)
    assert.equal(advance(freshWalk, run('fix')), freshWalk)
  })

  it('begins again with what is watched, not with the watching', () => {
    assert.equal(canRun(walked(...whole), 'observe'), false)
    assert.equal(canRun(walked(...whole), 'reproduce'), true)
  })

  it('forgets what came after a step that is run again', () => {
    const again = walked(...whole, run('diagnose'))
    assert.deepEqual(again, { ...freshWalk, reproduce: 'seen', observe: 'seen', diagnose: 'running' })
  })

  it('ignores an outcome that comes late', () => {
    const waiting = walked(...whole.slice(0, 2), run('reproduce'))
    assert.equal(advance(waiting, seen('observe')), waiting)
    assert.equal(advance(waiting, failed('verify')), waiting)
  })

  it('stays at a step that failed, until it is run again or skipped', () => {
    const stuck = walked(run('reproduce'), seen('reproduce'), failed('observe'))
    assert.equal(currentStep(stuck), 'observe')
    assert.equal(canRun(stuck, 'diagnose'), false)
    assert.equal(canSkip(stuck, 'observe'), true)
    assert.equal(canRun(advance(stuck, skip('observe')), 'diagnose'), true)
  })

  it('skips the watching with what would have been watched', () => {
    assert.equal(walked(skip('reproduce')).observe, 'skipped')
    assert.equal(walked(...whole.slice(0, 5), skip('fix')).verify, 'skipped')
  })

  it('skips only the step that is to be done', () => {
    assert.equal(canSkip(freshWalk, 'fix'), false)
    assert.equal(advance(freshWalk, skip('fix')), freshWalk)
    assert.equal(canSkip(walked(...whole), 'verify'), false)
  })

  it('starts over', () => {
    assert.equal(walked(...whole, { type: 'start-over' }), freshWalk)
  })
})

describe('a walk in an address', () => {
  it('is read back as it was written, at every point', () => {
    for (let count = 0; count <= whole.length; count += 1) {
      const walk = walked(...whole.slice(0, count))
      const resting = Object.fromEntries(
        stepIds.map((step) => [step, walk[step] === 'running' ? 'waiting' : walk[step]]),
      )
      assert.deepEqual(decodeWalk(encodeWalk(walk)), resting)
    }
    const stuck = walked(skip('reproduce'), run('diagnose'), failed('diagnose'))
    assert.deepEqual(decodeWalk(encodeWalk(stuck)), stuck)
  })

  it('is nothing where no walk could have come there', () => {
    for (const text of [
      '',
      'sssss ',
      'sswsw',
      'wwwws',
      'ksxww',
      'kswww',
      'SSSSS',
      'ssssssssss',
      '<svg>',
      'ssskss',
    ])
      assert.equal(decodeWalk(text), null, text)
  })
})
