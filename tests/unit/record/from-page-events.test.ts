import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { evidenceFromPage } from '#lib/record/from-page-events.ts'
import type { ConnectionState } from '#lib/store/connection/connection-state.ts'
import type { LogEntry } from '#lib/store/connection/message-log.ts'

const start = 1_795_165_471_000
const opened = { openedAt: start + 12, timeToOpenMs: 12, subprotocol: '', extensions: '' }

function evidenceOf(state: ConnectionState, log: LogEntry[] = []) {
  return evidenceFromPage({
    target: {
      url: 'wss://app.example/ws',
      label: 'app.example/ws',
      endpoint: null,
      isOwn: false,
      isThrough: false,
      subprotocols: [],
    },
    state,
    log,
    pageOrigin: 'https://app.example',
    online: true,
    nowMs: start + 90_000,
  })
}

const typesOf = (state: ConnectionState) => evidenceOf(state).browser?.events?.map(({ type }) => type)

const message = (at: number, direction: 'in' | 'out'): LogEntry => ({
  type: 'message',
  at,
  direction,
  deltaMs: null,
  sizeBytes: 4,
  payload: { opcode: 'text', text: 'ping' },
  truncated: false,
  isPing: false,
  rttMs: null,
})

const closed = (fields: Partial<Extract<ConnectionState, { phase: 'closed' }>>): ConnectionState => ({
  phase: 'closed',
  opened,
  at: start + 60_012,
  lastedMs: 60_000,
  code: 1006,
  name: 'Abnormal Closure',
  reason: '',
  wasClean: false,
  by: 'network',
  how: 'dropped',
  ...fields,
})

test('a dropped socket: open, what came in, close 1006 and no error', () => {
  const log = [message(start - 5000, 'in'), message(start + 20, 'out'), message(start + 30, 'in')]
  assert.deepEqual(evidenceOf(closed({}), log).browser?.events, [
    { ms: 12, type: 'open', protocol: '', extensions: '' },
    { ms: 30, type: 'message', length: 4 },
    { ms: 60_012, type: 'close', code: 1006, reason: '', was_clean: false },
  ])
})

test('a violated protocol has the error event that a dropped socket lacks, and no close() of the page', () => {
  // It is the browser that ends it: `client` is whose side it was, not what script called.
  const state = closed({ how: 'protocol-violation', by: 'client' })
  assert.deepEqual(typesOf(state), ['open', 'error', 'close'])
  assert.equal(diagnose(evidenceOf(state)).verdicts[0]?.cause, 'protocol-error')
})

test('what the page closed itself is healthy', () => {
  const state = closed({ code: 1000, wasClean: true, by: 'client', how: 'close-frame' })
  assert.deepEqual(typesOf(state), ['open', 'close_called', 'close'])
  assert.equal(diagnose(evidenceOf(state)).outcome, 'healthy')
})

test('each way of not opening has its own events', () => {
  assert.deepEqual(typesOf({ phase: 'connecting', since: start }), ['still_open'])
  assert.deepEqual(
    typesOf({ phase: 'never-opened', at: start + 5, afterMs: 5, code: 1006, reason: '', abandoned: false }),
    ['error', 'close'],
  )
  assert.deepEqual(
    typesOf({
      phase: 'refused',
      at: start,
      cause: 'mixed-content',
      name: 'SecurityError',
      message: 'insecure',
    }),
    ['exception'],
  )
  assert.deepEqual(typesOf({ phase: 'blocked', at: start, directive: 'connect-src' }), [
    'csp_violation',
    'error',
    'still_open',
  ])
})

test('an open socket is still open when the watch ends', () => {
  assert.deepEqual(evidenceOf({ phase: 'open', ...opened }).browser?.events?.at(-1), {
    ms: 90_000,
    type: 'still_open',
    ready_state: 1,
  })
})
