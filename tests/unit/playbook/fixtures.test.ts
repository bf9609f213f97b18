import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { objections } from '#tests/unit/diagnosis/truth.ts'

/**
 * Each cause has fixtures that must hit and fixtures that must stay silent: files of its own in
 * `fixtures/causes/<id>/`, and recorded cases that `fixtures/causes/recorded.json` names for it.
 */
const OWN = new URL('../../fixtures/causes/', import.meta.url)
const TRUTH = new URL('../../fixtures/truth/', import.meta.url)

const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'))
const recorded: Record<string, { hit: string[]; silent: string[] }> = read(new URL('recorded.json', OWN))

type Fixture = { name: string; evidence: unknown; expect?: Parameters<typeof objections>[1] }

function fixturesOf(id: string, kind: 'hit' | 'silent'): Fixture[] {
  const folder = new URL(`${id}/`, OWN)
  const own = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(`${kind}-`)) : []
  return [
    ...own.map((name) => ({ name, ...read(new URL(name, folder)) })),
    ...(recorded[id]?.[kind] ?? []).map((name) => ({ name, ...read(new URL(name, TRUTH)) })),
  ]
}

for (const { id } of catalogue) {
  describe(id, () => {
    const hits = fixturesOf(id, 'hit')
    const silent = fixturesOf(id, 'silent')

    it('has a fixture that must hit and one that must stay silent', () => {
      assert.ok(hits.length > 0, 'nothing shows that it hits')
      assert.ok(silent.length > 0, 'nothing shows that it stays silent')
    })

    for (const { name, evidence, expect } of hits) {
      it(`hits ${name}`, () => {
        const report = diagnose(parseEvidence(evidence))
        assert.equal(report.verdicts[0]?.cause, id)
        if (expect) assert.deepEqual(objections(report, expect), [])
      })
    }

    for (const { name, evidence } of silent) {
      it(`stays silent on ${name}`, () => {
        const { verdicts } = diagnose(parseEvidence(evidence))
        assert.ok(!verdicts.some(({ cause }) => cause === id))
      })
    }
  })
}

it('fixtures belong to causes of the catalogue', () => {
  const ids = new Set(catalogue.map(({ id }) => id))
  const named = [...readdirSync(OWN).filter((name) => !name.endsWith('.json')), ...Object.keys(recorded)]
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  )
})
