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
    ['onclose 1006', { code: 1006 }],
    ['[Log] ws close 1006 "" wasClean=false (main.js, line 102)', { code: 1006, reason: '', clean: false }],
    ['closed 4001 token expired main.js:102:15', { code: 4001, reason: 'token expired' }],
    ['onclose 1000 null false', { code: 1000, reason: '' }],
    ['connection closed with code 4001 and reason "kicked"', { code: 4001, reason: 'kicked' }],
    ['onClosed: 1001 / server restarting', { code: 1001, reason: 'server restarting' }],
    ['WS_CLOSE 1006', { code: 1006 }],
    ['websocketCloseCode: 1006', { code: 1006 }],
    ['{:remote, 1000, "bye"}', { code: 1000, reason: 'bye', way: 'received' }],
    ['{local,1011,<<"oops">>}', { code: 1011, reason: 'oops', way: 'sent' }],
    ['closed: [4001, "kicked"]', { code: 4001, reason: 'kicked' }],
    ['Disconnect close local:[1006,End of File] remote:[1006]', { code: 1006, reason: 'End of File' }],
    ['Server closed the connection: 1008', { code: 1008, way: 'received' }],
    ['closeCode: NSURLSessionWebSocketCloseCode(rawValue: 1001)', { code: 1001 }],
    ['socket: 3 messages received; closed with code 1000 by the user', { code: 1000, reason: '' }],
    ['closed with code 1000 cleanly', { code: 1000, reason: '' }],
    // By name.
    ['CloseReason(reason=GOING_AWAY, message=bye)', { code: 1001, reason: 'bye' }],
    ['CloseStatus[code=1001, reason=Going Away]', { code: 1001, reason: '' }],
    ['code = <CloseCode.GOING_AWAY: 1001>', { code: 1001 }],
    ['closed with CloseCode.ABNORMAL_CLOSURE', { code: 1006 }],
    ['Connection closed: PolicyViolation', { code: 1008 }],
    ['Connection closed! Abnormal', { code: 1006 }],
    ['websocket closed: going away', { code: 1001 }],
    ['1006 (abnormal closure)', { code: 1006 }],
    ['error 1001 Going Away after deploy', { code: 1001 }],
    [
      'failed to get reader: received close frame: status = StatusPolicyViolation and reason = "no"',
      { code: 1008, reason: 'no', way: 'received' },
    ],
    // console.log(event.code, event.reason, event.wasClean), and (code, reason) of ws.
    ["1006 '' false", { code: 1006, reason: '', clean: false }],
    ['1006  false', { code: 1006, clean: false }],
    ["false 1006 ''", { code: 1006, reason: '', clean: false }],
    ["4001 'token expired' true", { code: 4001, reason: 'token expired', clean: true }],
    ['1006 <Buffer >', { code: 1006, reason: '' }],
    ['1008 <Buffer 62 61 64>', { code: 1008, reason: 'bad' }],
    ['1006', { code: 1006 }],
    ['prints 1006', { code: 1006 }],
    // Numbers that are something else.
    ['1000', undefined],
    ['3000', undefined],
    ["8080 '' false", undefined],
    ['closed connection to localhost:3000', undefined],
    ['disconnected from ws://localhost:3001', undefined],
    ['closing connection after 3000 ms', undefined],
    ['closed 1000 connections', undefined],
    ['close timeout 4000', undefined],
    ['received 1008 messages', undefined],
    ['sent 1000 bytes', undefined],
    ['Client 4001 disconnected', undefined],
    ['connection closed: protocol error', undefined],
    ['upstream answered: bad gateway', undefined],
    ['GET /ws 200 1006 bytes', undefined],
    ['exited with code 1', undefined],
    ['listening on port 3000', undefined],
    ['error code 2006', undefined],
  ]
  for (const [line, close] of shapes) {
    it(line, () => assert.deepEqual(closeOf(line), close))
  }
})
