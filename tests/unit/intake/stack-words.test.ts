import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { readBrought } from '#lib/intake/read.ts'

const stackOf = (text: string) => readBrought([{ file: 'paste', text }]).evidence.stack

describe('the programs that a person names', () => {
  it('are read from their own words', () => {
    assert.deepEqual(stackOf('I have a FastAPI app behind nginx and a React page.'), {
      server: ['starlette'],
      proxy: ['nginx'],
      client: ['browser'],
    })
    assert.deepEqual(stackOf('We run Spring Boot on AWS behind an ALB.'), {
      server: ['spring'],
      proxy: ['aws-alb'],
    })
  })

  it('are read from their own code', () => {
    const code = ["import { WebSocketServer } from 'ws'", 'const wss = new WebSocketServer({ port: 8080 })']
    assert.deepEqual(stackOf(code.join('\n')), { server: ['ws'] })
  })

  it('are not on the way where the person says so', () => {
    assert.equal(stackOf('It works without nginx.')?.proxy, undefined)
    assert.equal(stackOf('We removed the ALB and it still happens.')?.proxy, undefined)
  })

  it('are not taken from addresses, packages and lines of a log', () => {
    assert.equal(stackOf('see https://nginx.org/en/docs for more about that'), undefined)
    assert.equal(stackOf('2024-06-12T10:00:00Z info: starting nginx'), undefined)
  })

  it('choose whose fix is shown, and whose default limit it may have been', () => {
    const text = 'Behind nginx, our websocket is closed after exactly 60 seconds with code 1006.'
    const [verdict] = readAndJudge({ text }).report.verdicts
    assert.deepEqual([verdict?.cause, verdict?.certainty], ['idle-timeout', 'likely'])
    const programs = verdict?.fix.changes.map(({ program }) => program) ?? []
    assert.ok(programs.includes('nginx') && !programs.includes('haproxy'), programs.join(' '))
  })
})

describe('a heartbeat that a person tells of', () => {
  const first = (text: string) => readAndJudge({ text }).report.verdicts[0]?.cause

  it('speaks against silence as the reason', () => {
    const told = 'Our websocket is closed after 10 minutes, always, with code 1006.'
    assert.equal(first(told), 'idle-timeout')
    assert.equal(first(`${told}\nA heartbeat is sent every 30 seconds.`), 'max-lifetime')
    assert.equal(first(`${told}\nShould we send a heartbeat every 30 seconds?`), 'idle-timeout')
  })
})
