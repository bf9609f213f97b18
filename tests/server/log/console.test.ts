import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConsole } from '#server/log/console.ts'

function saidBy(act: (console: Console) => void): { log: string; error: string } {
  const said = { log: '', error: '' }
  act(
    createConsole({
      log: (lines) => {
        said.log += lines
      },
      error: (lines) => {
        said.error += lines
      },
    }),
  )
  return said
}

test('what Next quotes of a request forges no line of the log and steers no terminal', () => {
  const url = '/\u001b]0;pwned\u0007\u001b[31mRED\n[WS_DIAGNOSTICS] 403 FORBIDDEN: forged \u202e\u009b31m'
  const { error } = saidBy((console) => console.error('The requested resource %s isn’t a valid image', url))
  assert.equal(
    error,
    [
      '[PAGES] The requested resource /\\u001b]0;pwned\\u0007RED\n',
      '[PAGES] [WS_DIAGNOSTICS] 403 FORBIDDEN: forged \\u202e\\u009b31m isn’t a valid image\n',
    ].join(''),
  )
})

test('lines of its own keep their order, and each its mark', () => {
  const { log, error } = saidBy((console) => {
    console.log('a\n\n  b')
    console.warn({ c: 1 })
    console.error(new Error('broken'))
  })
  assert.equal(log, '[PAGES] a\n[PAGES] \n[PAGES]   b\n')
  assert.match(error, /^\[PAGES\] \{ c: 1 \}\n\[PAGES\] Error: broken\n(\[PAGES\] {5}at .*\n)+$/)
})

test('a line is cut', () => {
  const { log } = saidBy((console) => console.log('x'.repeat(100_000)))
  assert.ok(log.length < 2100)
})
