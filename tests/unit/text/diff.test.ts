import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { unifiedDiff } from '#lib/text/diff.ts'

const letters = (text: string) => [...text].join('\n')

/** What `patch` makes of the first text. */
function applied(before: string, diff: string): string {
  const lines = before.split('\n')
  const result: string[] = []
  let at = 0
  for (const line of diff.split('\n').slice(2)) {
    const start = /^@@ -(\d+)/.exec(line)?.[1]
    if (start !== undefined) {
      result.push(...lines.slice(at, Number(start) - 1))
      at = Number(start) - 1
    } else if (line.startsWith('+')) result.push(line.slice(1))
    else {
      assert.equal(lines[at], line.slice(1), diff)
      if (line.startsWith(' ')) result.push(line.slice(1))
      at += 1
    }
  }
  return [...result, ...lines.slice(at)].join('\n')
}

describe('unifiedDiff', () => {
  it('ends a name with blanks by a tab, without which patch takes its first word', () => {
    const [old, fresh] = (unifiedDiff('my sites/a b.conf', 'one', 'two') ?? '').split('\n')
    assert.deepEqual([old, fresh], ['--- my sites/a b.conf\t', '+++ my sites/a b.conf\t'])
  })

  it('shows what changed with two lines around it, in hunks', () => {
    assert.equal(
      unifiedDiff('a.conf', letters('abcdefghijkl'), letters('abXdefghijkYl')),
      '--- a.conf\n+++ a.conf\n@@ -1,5 +1,5 @@\n a\n b\n-c\n+X\n d\n e\n@@ -10,3 +10,4 @@\n j\n k\n+Y\n l',
    )
  })

  it('is nothing where nothing changed', () => assert.equal(unifiedDiff('a', 'x\n', 'x\n'), undefined))

  it('keeps tabs, shows what nobody can see, and has a plain name', () => {
    const diff = unifiedDiff('a b\n<c>', '\tx\u202e;\r\n', '\ty;\r\n')
    assert.equal(diff, '--- a b__c_\t\n+++ a b__c_\t\n@@ -1,1 +1,1 @@\n-\tx\\u202e;\n+\ty;')
  })

  it('makes the second text of the first', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [before, after] = [one.join('\n'), other.join('\n')]
        const diff = unifiedDiff('x', before, after)
        assert.equal(diff === undefined ? before : applied(before, diff), after)
      }),
    )
  })

  it('replaces as a whole what has little in common', () => {
    const many = (from: number) => Array.from({ length: 2000 }, (_, at) => `${from + at}`).join('\n')
    assert.equal(unifiedDiff('x', many(0), many(10_000))?.split('\n').length, 4003)
  })
})
