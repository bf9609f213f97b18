import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHar } from '#lib/intake/har.ts'
import { harOf } from '#lib/record/har.ts'
import type { ClosedState, ConnectionState } from '#lib/store/connection/connection-state.ts'
import type { MessageEntry } from '#lib/store/connection/message-log.ts'

type Row = Parameters<typeof harOf>[0][number]

const BEGIN = Date.parse('2026-11-30T02:00:00Z')

const opened = { openedAt: BEGIN + 40, timeToOpenMs: 40, subprotocol: 'chat', extensions: '' }

const closed = (change: Partial<ClosedState> = {}): ClosedState => ({
  phase: 'closed',
  opened,
  at: BEGIN + 60_040,
  lastedMs: 60_000,
  code: 1006,
  name: 'Abnormal Closure',
  reason: '',
  wasClean: false,
  by: 'network',
  how: 'dropped',
  ...change,
})

const message = (at: number, text: string, direction: 'in' | 'out' = 'in'): MessageEntry => ({
  type: 'message',
  at: BEGIN + at,
  direction,
  deltaMs: null,
  sizeBytes: text.length,
  payload: { opcode: 'text', text },
  truncated: false,
  isPing: false,
  rttMs: null,
})

const row = (state: ConnectionState, log: readonly MessageEntry[] = [], kept: ClosedState[] = []): Row =>
  ({
    target: { url: 'wss://app.example/ws?token=abc12345', subprotocols: ['chat'] },
    state,
    losses: {
      count: kept.length,
      kept: kept.map((state) => ({ attempt: 1, trace: null, state, lastByteAt: 0 })),
    },
    log,
  }) as unknown as Row

const evidenceOf = (...rows: Row[]) => readHar(JSON.parse(harOf(rows, 'test'))).evidence

test('a drop is read back as what it was: open, silent, and gone without a Close frame', () => {
  const { browser, target } = evidenceOf(
    row(closed(), [message(100, '{"password":"hunter22"}', 'out'), message(200, 'hello')]),
  )
  assert.equal(target?.url, 'wss://app.example/ws?token=***')
  const types = browser?.events?.map(({ type }) => type) ?? []
  assert.ok(types.includes('open') && types.includes('sent') && types.includes('message'), types.join())
  assert.match(JSON.stringify(browser), /without a valid Close frame \(1006\)/)
})

test('a Close frame keeps its code and its reason', () => {
  const ended = closed({ code: 1012, reason: 'restart', how: 'close-frame', wasClean: true, by: 'server' })
  const close = evidenceOf(row(ended)).browser?.events?.find(({ type }) => type === 'close')
  assert.deepEqual([close?.code, close?.reason], [1012, 'restart'])
})

test('each loss of a row is an entry of its own, with the messages of its time', () => {
  const first = closed()
  const again = { ...opened, openedAt: BEGIN + 61_000 }
  const state: ConnectionState = { phase: 'open', ...again }
  const { log } = JSON.parse(
    harOf([row(state, [message(200, 'one'), message(62_000, 'two')], [first])], 'test'),
  )
  assert.deepEqual(
    log.entries.map((entry: { _webSocketMessages: { data: string }[] }) =>
      entry._webSocketMessages.map(({ data }) => data),
    ),
    [['one'], ['two']],
  )
})

test('secrets are masked, bytes are base64, and what never opened says so', () => {
  const binary = {
    ...message(300, ''),
    payload: { opcode: 'binary', bytes: Uint8Array.of(1, 2, 255) },
  } as MessageEntry
  const text = harOf([row(closed(), [message(100, '{"token":"hunter22"}'), binary])], 'test')
  assert.ok(!text.includes('hunter22') && !text.includes('abc12345'))
  assert.ok(text.includes('"AQL/"'))
  const failed: ConnectionState = {
    phase: 'never-opened',
    at: BEGIN + 90,
    afterMs: 90,
    code: 1006,
    reason: '',
    abandoned: false,
  }
  const { log } = JSON.parse(harOf([row(failed)], 'test'))
  const [{ response, time }] = log.entries
  assert.deepEqual([response.status, response._error, time], [0, 'WebSocket connection failed', 90])
})
