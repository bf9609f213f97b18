import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reproduceCommand } from '#lib/lab/reproduce-command.ts'

test('names the fault and what was turned', () => {
  assert.equal(
    reproduceCommand('idle-timeout', { after_seconds: 60, end: 'rst' }),
    'npm run -s why1006 -- reproduce idle-timeout after_seconds=60 end=rst',
  )
  assert.equal(reproduceCommand('crash', {}), 'npm run -s why1006 -- reproduce crash')
})

test('a reason cannot run anything in the shell', () => {
  assert.equal(
    reproduceCommand('close', { reason: "it's; $(reboot)" }),
    `npm run -s why1006 -- reproduce close 'reason=it'\\''s; $(reboot)'`,
  )
})
