import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { sampled } from '#tests/sampling.ts'
import { truthCases } from '#tests/unit/diagnosis/truth.ts'

/** What changes from one installation to the next and has no part in the cause. */
const SUBSTITUTIONS: Record<string, (json: string) => string> = {
  ports: (json) => json.replace(/\b19(\d{3})\b/g, '42$1'),
  paths: (json) => json.replace(/\/ws\b/g, '/api/v2/realtime').replace(/\/socket\b/g, '/rt'),
  queries: (json) => json.replace(/\?o=(\w+)/g, '?client=$1&v=7'),
  versions: (json) =>
    json.replaceAll('nginx/1.22.1', 'nginx/1.27.4').replaceAll('Apache/2.4.71 (Debian)', 'Apache'),
  'host names': (json) =>
    json.replaceAll('example.test', 'intranet.example').replaceAll('127.0.0.1:', 'rt.shop.example:'),
  'process ids': (json) => json.replace(/\b1(\d)(\d{3})#1\d{4}/g, '7$1#7$1'),
}

/** Cases about what an address is: loopback and private addresses are treated differently by browsers. */
const ABOUT_ADDRESSES = /^(lna|browser-mixed)/

const outline = (evidence: Evidence) => {
  const { outcome, verdicts } = diagnose(parseEvidence(evidence))
  // Only a name can fail to resolve.
  const named = verdicts.filter(({ cause, certainty }) => cause !== 'dns-failure' || certainty !== 'possible')
  return { outcome, verdicts: named.map(({ cause, certainty }) => `${cause} ${certainty}`) }
}

const cases = sampled(truthCases)
const outlines = new Map(cases.map((each) => [each, outline(each.evidence)]))

describe('the verdict does not depend on', () => {
  for (const [what, change] of Object.entries(SUBSTITUTIONS)) {
    it(what, () => {
      for (const each of cases) {
        const { id, file, evidence } = each
        if (what === 'host names' && ABOUT_ADDRESSES.test(id)) continue
        const changed: Evidence = JSON.parse(change(JSON.stringify(evidence)))
        assert.deepEqual(outline(changed), outlines.get(each), file)
      }
    })
  }

  it('the case of header names', () => {
    for (const each of cases) {
      const lower = JSON.stringify(each.evidence).replace(
        /\["([A-Z][\w-]*)",/g,
        (_, name: string) => `["${name.toLowerCase()}",`,
      )
      assert.deepEqual(outline(JSON.parse(lower)), outlines.get(each), each.file)
    }
  })

  it('who watched longer: the same page judged with clocks that started earlier', () => {
    for (const each of cases) {
      const { file, evidence } = each
      const events = evidence.browser?.events
      if (!events?.length || events.some(({ ms, type }) => type === 'open' && (ms ?? 0) > 1000)) continue
      const later = events.map((event) => ({ ...event, ms: (event.ms ?? 0) + 37 }))
      const other = { ...evidence, browser: { ...evidence.browser, events: later } }
      assert.deepEqual(outline(other), outlines.get(each), file)
    }
  })
})
