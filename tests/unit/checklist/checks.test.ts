import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkKinds } from '#lib/checklist/checks.ts'
import { commandsFor } from '#lib/checklist/commands.ts'

const known = commandsFor({ url: 'wss://app.example/ws' }).map(({ id }) => id)
const under = (about: 'url' | 'server') =>
  Object.values(checkKinds).flatMap((kind): string[] => (kind.about === about ? [...kind.commands] : []))

test('every command stands under a check, and under one alone of each subject', () => {
  for (const about of ['url', 'server'] as const) {
    const placed = under(about)
    assert.equal(new Set(placed).size, placed.length, about)
    for (const id of placed) assert.ok(known.includes(id), id)
  }
  assert.deepEqual([...new Set([...under('url'), ...under('server')])].toSorted(), known.toSorted())
})
