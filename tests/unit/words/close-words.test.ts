import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closeOf } from '#lib/words/close-words.ts'

describe('a close code in any shape', () => {
  const shapes: readonly [string, ReturnType<typeof closeOf>][] = [
    ['Disconnected (code: 1006, reason: "")', { code: 1006, reason: '' }],
    ['[WS] close code=1006 reason="" 12:01:01', { code: 1006, reason: '' }],
    ['websocket: close 1006 (abnormal closure): unexpected EOF', { code: 1006, reason: 'unexpected EOF' }],
    ['websocket: close 1001 (going away)', { code: 1001 }],
    ['websocket: close 4401: Unauthorized', { code: 4401, reason: 'Unauthorized' }],
    [
      'received 1008 (policy violation) invalid token; then sent 1008 (policy violation) invalid token',
      { code: 1008, reason: 'invalid token', way: 'received' },
    ],
    ['received 1000 (OK); then sent 1000 (OK)', { code: 1000, way: 'received' }],
    [
      'sent 1011 (unexpected error) keepalive ping timeout; no close frame received',
      { code: 1011, reason: 'keepalive ping timeout', way: 'sent' },
    ],
    [
      'CloseEvent {isTrusted: true, wasClean: false, code: 1006, reason: "", type: "close"}',
      { code: 1006, reason: '', clean: false },
    ],
    ['WebSocket closed with status code: 1006 (no reason given).', { code: 1006, reason: '' }],
    ['onClose code=1001 reason=bye remote=true', { code: 1001, reason: 'bye', way: 'received' }],
    ["connection closed: code = 4001, reason = 'session expired'", { code: 4001, reason: 'session expired' }],
    ['{"event":"close","code":1011,"reason":"boom"}', { code: 1011, reason: 'boom' }],
    ['The workbench failed to connect (Error: WebSocket close with status code 1006)', { code: 1006 }],
    ['WebSocket connection closed with code 1009', { code: 1009 }],
    ['Socket closed (1006)', { code: 1006 }],
    [
      'failed to get reader: received close frame: status = StatusPolicyViolation and reason = "no"',
      undefined,
    ],
    ['GET /ws 200 1006 bytes', undefined],
    ['exited with code 1', undefined],
    ['listening on port 3000', undefined],
    ['error code 2006', undefined],
  ]
  for (const [line, close] of shapes) {
    it(line, () => assert.deepEqual(closeOf(line), close))
  }
})
