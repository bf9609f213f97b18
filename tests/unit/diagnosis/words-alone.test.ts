/** What a sentence alone says of an end: who ended it, how sure that is, and what is behind it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { readBrought } from '#lib/intake/read.ts'

const judge = (text: string) => diagnose(readBrought([{ file: 'words.txt', text }]).evidence)

describe('words alone', () => {
  it('never prove a cause that finer ones are behind', () => {
    for (const text of [
      'AH01102: error reading status line from remote server 192.0.2.33:8123',
      'upstream prematurely closed connection while reading response header from upstream',
      'disconnected: 3501, bad request',
      'HubException: Unable to complete handshake with the server due to an error: Handshake was canceled.',
    ]) {
      assert.deepEqual(
        judge(text).verdicts.filter(({ certainty }) => certainty === 'proven'),
        [],
        text,
      )
    }
  })

  it('take a request that the client ended for no close by the server', () => {
    const { outcome, verdicts } = judge(
      '2026-11-30T13:58:02Z ERR  error="Incoming request ended abruptly: context canceled" originService=http://localhost:8321',
    )
    assert.equal(outcome, 'undetermined')
    assert.ok(!verdicts.some(({ cause }) => cause === 'normal-closure'))
  })

  it('make the end of a process the likely reason of a drop', () => {
    for (const line of [
      'web1 kernel: Out of memory: Killed process 4312 (node) total-vm:1234567kB, anon-rss:998877kB',
      'web1 systemd[1]: app.service: Main process exited, code=killed, status=9/KILL',
      'app-1 exited with code 137',
      '  Reason:       OOMKilled',
    ]) {
      const [first] = judge(`${line}\nWebSocket connection closed: 1006`).verdicts
      assert.deepEqual([first?.cause, first?.certainty], ['backend-dropped', 'likely'], line)
    }
  })
})
