import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { test } from 'node:test'

const at = (path: string) => new URL(`../../${path}`, import.meta.url)

test('the README of server names every room and every file above them, and nothing that is gone', () => {
  const rows = readFileSync(at('server/README.md'), 'utf8').matchAll(/^\| `([a-z-]+(?:\/|\.ts))`/gm)
  const named = [...rows].map(([, name = '']) => name.replace(/\/$/, ''))
  const there = readdirSync(at('server')).filter((name) => name !== 'README.md')
  assert.deepEqual(named.toSorted(), there.toSorted())
})

test("the server's tests are in the server's rooms", () => {
  const tests = readdirSync(at('tests/server'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep))
    .filter((parts) => parts.length > 1 && parts.at(-1)?.endsWith('.test.ts'))
  const rooms = new Set(readdirSync(at('server')))
  assert.deepEqual(
    tests.filter(([room = '']) => !rooms.has(room)),
    [],
  )
})
