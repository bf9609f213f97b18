import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { headOf } from '#lib/logs/logger-head.ts'

const lines: readonly (readonly [line: string, isServers?: boolean])[] = [
  [
    '2024-06-12T08:14:05.112Z  INFO 1 --- [nio-8080-exec-3] c.e.demo.WsHandler               : client gone',
    true,
  ],
  [' WARN 812 --- [chat] [http-nio-8080-exec-12] c.e.demo.WsHandler : client gone', true],
  ['08:14:05.112 [qtp812-33] DEBUG org.example.Chat - client gone', true],
  ['2024-06-12 08:14:05,112 INFO  [XNIO-1 task-2] (Chat) - client gone', true],
  ['08:14:05.112 [main] INFO org.example.Client - client gone'],
  ['2024-06-12 08:14:05,112 - chat.client - ERROR - client gone'],
  ['INFO:chat:client gone'],
  ['INFO:     client gone'],
  ['[08:14:05.112] WARN (812): client gone'],
  ['2024-06-12T08:14:05.112Z error: client gone'],
  ['[info] client gone'],
  ['2024-06-12T08:14:05.112345Z  WARN chat::ws: client gone'],
]

describe('the head that a logger puts before a message', () => {
  for (const [line, isServers = false] of lines) {
    it(line, () => assert.deepEqual(headOf(line), { message: 'client gone', isServers }))
  }

  for (const line of [
    'client gone',
    'https://a.example: client gone',
    '[ws] client gone',
    'Error: client gone',
  ]) {
    it(`is not in: ${line}`, () => assert.equal(headOf(line), undefined))
  }
})
