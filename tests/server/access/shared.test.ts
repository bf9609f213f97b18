/** Sessions and links of several instances behind one balancer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLinks } from '#server/access/links.ts'
import { createSharedLinks } from '#server/access/shared-links.ts'
import { createSharedSessions } from '#server/access/shared-sessions.ts'
import { createOwnFacts } from '#server/redis/facts.ts'

const TOKEN = 'correct-horse-battery'
const DAY_MS = 86_400_000

test('who signs in at one instance is signed in at each that has the same token, and at no other', () => {
  const [one, two] = [
    createSharedSessions(TOKEN, createOwnFacts()),
    createSharedSessions(TOKEN, createOwnFacts()),
  ]
  const other = createSharedSessions('another-token-altogether', createOwnFacts())
  const [pair = ''] = one.begin(true).split(';')
  assert.deepEqual([one.has(pair), two.has(pair), other.has(pair)], [true, true, false])
  assert.ok(!pair.includes(TOKEN))
  assert.match(one.begin(true), /; HttpOnly; SameSite=Strict; Path=\/; Secure$/)
  const [, value = ''] = pair.split('=')
  const [otherPair = ''] = other.begin(false).split('=')
  assert.equal(other.has(`${otherPair}=${value}`), false)
})

test('a changed cookie is no session: another id, a later time, no signature', () => {
  const sessions = createSharedSessions(TOKEN, createOwnFacts())
  const [name = '', value = ''] = (sessions.begin(false).split(';')[0] ?? '').split('=')
  const [id, expires, signature] = value.split('.')
  for (const forged of [
    `${id}x.${expires}.${signature}`,
    `${id}.${expires}0.${signature}`,
    `${id}.${expires}.`,
    `${id}.${expires}`,
    '',
    '..',
  ]) {
    assert.equal(sessions.has(`${name}=${forged}`), false, forged)
  }
})

test('a session ends with its time, and everywhere when it is ended anywhere', () => {
  let nowMs = 0
  const facts = createOwnFacts()
  const now = () => nowMs
  const [one, two] = [createSharedSessions(TOKEN, facts, now), createSharedSessions(TOKEN, facts, now)]
  const [first = ''] = one.begin(false).split(';')
  const [second = ''] = one.begin(false).split(';')
  assert.match(two.end(first), /^why1006-[0-9a-f]{8}=; Max-Age=0; /)
  assert.deepEqual([one.has(first), two.has(first), one.has(second)], [false, false, true])
  nowMs = 8 * DAY_MS
  assert.equal(two.has(second), false)
})

test('a link that one instance made opens at another, until one of them takes it back', async () => {
  const facts = createOwnFacts()
  const [one, two] = [createLinks(createSharedLinks(facts)), createLinks(createSharedLinks(facts))]
  const made = await one.create({ kind: 'report', report: 'r' }, DAY_MS)
  assert.ok(made)
  assert.deepEqual(await two.open(made.secret), made.link)
  let over = 0
  one.onceOver(made.link, () => {
    over += 1
  })
  assert.equal(await two.revoke(made.link.id), true)
  assert.deepEqual([await one.open(made.secret), over, await one.revoke(made.link.id)], [undefined, 1, false])
  // As it is told again to whoever reads from the beginning.
  facts.tell({ kind: 'link-made', expiresMs: made.link.expiresMs, ...{ link: { key: 'k', ...made.link } } })
  assert.deepEqual([await one.list(), await two.list()], [[], []])
})
