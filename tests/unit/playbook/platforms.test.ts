import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

const verdictsFor = (host: string) =>
  readAndJudge({ text: `WebSocket connection to 'wss://${host}/ws' failed: ` }).report.verdicts

describe('a host under the domain of a platform', () => {
  it('has an edge that takes every connection: what fails before HTTP comes last', () => {
    const [elsewhere] = verdictsFor('app.example')
    assert.equal(elsewhere?.cause, 'connection-refused')
    const causes = verdictsFor('app.herokuapp.com').map(({ cause }) => cause)
    for (const cause of ['connection-refused', 'connect-timeout', 'tls-untrusted'])
      assert.ok(causes.indexOf(cause) > causes.indexOf('handshake-closed'), cause)
  })

  it('has the platform’s own switch first', () => {
    const [verdict] = verdictsFor('app.azurewebsites.net')
    assert.equal(verdict?.cause, 'upgrade-headers-stripped')
    assert.match(verdict?.fix.summary ?? '', /web-sockets-enabled/)
  })

  it('cannot hold a WebSocket on some of them, which is said and proves nothing', () => {
    const [verdict] = verdictsFor('app.vercel.app')
    assert.deepEqual([verdict?.cause, verdict?.certainty], ['server-without-websocket', 'possible'])
    assert.match(verdict?.fix.summary ?? '', /Vercel/)
  })
})
