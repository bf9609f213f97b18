import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { circumstanceIn } from '#lib/words/circumstances.ts'

describe('when it happens, as a person tells it', () => {
  const told: [string, string][] = [
    ['Happens only if the tab is minimized or in the background.', 'stalled'],
    ['The connection is lost when I switch to another tab for a while', 'stalled'],
    ['It only happens when my phone is locked.', 'suspended'],
    ['On iOS the socket closes as soon as the app goes to the background', 'suspended'],
    ['The socket is dead after the laptop wakes up from sleep', 'suspended'],
    ['Disconnects when I switch from wifi to LTE', 'network-changed'],
    ['After the VPN reconnects, the socket stops receiving', 'network-changed'],
  ]
  for (const [line, means] of told) {
    it(line, () => assert.deepEqual(circumstanceIn(line), { means, unsure: true }))
  }

  const others = [
    'It does not only happen in a background tab',
    'It happens no matter if the tab is in the background',
    'ERROR: connection lost after sleep',
    'time.sleep(60)',
    'The page is in the background',
    'The backend drops the connection when the database locks a row',
    '2026-05-01 10:00:00 network changed, connection lost after resume',
  ]
  for (const line of others) {
    it(`is not: ${line}`, () => assert.equal(circumstanceIn(line), undefined))
  }
})
