import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchPlaybook } from '#components/playbook/search.ts'

test('finds a cause by words of its name, of what is seen, and by its id, the name first', () => {
  assert.equal(searchPlaybook('idle timeout').causes[0]?.id, 'idle-timeout')
  assert.equal(searchPlaybook('UPGRADE header').causes[0]?.id, 'upgrade-headers-stripped')
  assert.ok(searchPlaybook('60 s idle').causes.some(({ id }) => id === 'pong-timeout'))
  assert.ok(searchPlaybook('403').causes.some(({ id }) => id === 'origin-rejected'))
})

test('finds a code by number, by name, and by the protocol that gives it a meaning', () => {
  assert.equal(searchPlaybook('1006').codes[0]?.code, 1006)
  assert.equal(searchPlaybook('message too big').codes[0]?.code, 1009)
  assert.ok(searchPlaybook('4406').privateCodes.some(({ by }) => /graphql/i.test(by)))
})

test('finds a message by words, and by the line as it was printed', () => {
  const line = "app.js:3 WebSocket connection to 'wss://a.test/' failed: Ping timeout"
  assert.equal(searchPlaybook(line).match?.program.id, 'chromium')
  assert.ok(searchPlaybook('nginx upstream prematurely').messages.length > 0)
})

test('finds nothing for no words, and nothing for words that are nowhere', () => {
  for (const query of ['', '  \n ', 'gremlins in the wire']) {
    const { match, causes, codes, privateCodes, messages } = searchPlaybook(query)
    assert.deepEqual([match, causes, codes, privateCodes, messages], [null, [], [], [], []])
  }
})
