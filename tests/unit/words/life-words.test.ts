import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isMessageLine, lifeWordsOf } from '#lib/words/life-words.ts'

const OPENED = { means: 'opened', side: undefined } as const
const OPENED_AT_SERVER = { means: 'opened', side: 'server' } as const
const LOST = { means: 'lost', side: undefined } as const

describe('an opening or an end in anybody’s words', () => {
  const lines: readonly [string, ReturnType<typeof lifeWordsOf>][] = [
    ['[WS] open 12:00:01', OPENED],
    ['ws.onopen fired', OPENED],
    ['11:06:01 socket connected id=Wv2xY1 transport=websocket', OPENED],
    ['websocket connection established', OPENED],
    ['WebSocket state: OPEN', OPENED],
    ['2026-01-01 10:00:00 INFO ws: reconnected', OPENED],
    ['connected to wss://app.example/ws', OPENED],
    ['[12:00:01] Connected!', OPENED],
    ['client 7 connected', OPENED_AT_SERVER],
    ['new WebSocket connection from 10.0.0.1', OPENED_AT_SERVER],
    ['socket.io: client connected', OPENED_AT_SERVER],
    ['[ws] closed', LOST],
    ['WebSocket disconnected', LOST],
    ['Disconnected from server', LOST],
    ['onclose', LOST],
    ['client 7 disconnected', { means: 'ended', side: 'server' }],
    ['WebSocket closed by server', { means: 'lost', side: undefined }],
    ['remote closed the connection', { means: 'lost', side: undefined }],
    ['connection closed by client', { means: 'closed-by-client', side: undefined }],
    ['connection closed due to inactivity', { means: 'idle-timeout', side: undefined }],
    ['Connecting to wss://app.example/ws', { means: 'connecting', side: undefined }],
    ['could not open websocket', { means: 'never-opened', side: undefined }],
    ['Could not upgrade to WebSocket', { means: 'never-opened', side: undefined }],
    ['WebSocket failed to connect', { means: 'never-opened', side: undefined }],
    ['WebSocket error: [object Event]', { means: 'nothing-said', side: undefined }],
    ['afterConnectionEstablished id=3f', OPENED_AT_SERVER],
    ['Connection lost, reconnecting in 1 seconds.', LOST],
    ['socket closed. Reconnect will be attempted in 2 s', LOST],
    ['WebSocket disconnected - trying to reconnect', LOST],
    ['Reopening websocket because it was closed by the host', LOST],
    ['reconnecting since the connection was dropped', LOST],
    [
      'WebSocket connection failed:  ws://127.0.0.1:8888/api/channels true',
      { means: 'never-opened', side: undefined },
    ],
    // What did not happen, or happened to something else.
    ['the socket is not open yet', undefined],
    ['the socket is not open', undefined],
    ['retrying when the connection is closed', undefined],
    ['the socket is not closed, reconnecting', undefined],
    ['Connected to MongoDB', undefined],
    ['WebSocket error: something that is worth reading', undefined],
    ['database connection closed', undefined],
    ['order 12 was closed by the customer', undefined],
    ['GET /open 200', undefined],
    ['const ws = new WebSocket(url); ws.onopen = () => {}', undefined],
  ]
  for (const [line, words] of lines) it(line, () => assert.deepEqual(lifeWordsOf(line), words))
})

describe('a message beside an open connection', () => {
  for (const line of [
    '> hello',
    '[12:00:02] <<< pong',
    '12:00:02 → {"op":1}',
    'onmessage {"a":1}',
    'sent ping',
    'heartbeat sent',
  ])
    it(line, () => assert.ok(isMessageLine(line)))
  for (const line of ['INFO processing order 12', '<html>', 'user message saved'])
    it(`is not: ${line}`, () => assert.ok(!isMessageLine(line)))
})
