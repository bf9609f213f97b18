import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { lint } from '#lib/configs/nginx/lint.ts'
import { rules } from '#lib/configs/nginx/rules.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { readerAt } from '#tests/unit/configs/nginx/fixture-reader.ts'

/**
 * Each rule has configurations that it must report and others that it must not, in `fixtures/nginx-rules/<rule>/`. They are
 * asked for `/ws`, or what their first line says (`# asked for /socket.io/`). `info` is no alarm, but where the rule never says more.
 */
const FIXTURES = new URL('../../../fixtures/nginx-rules/', import.meta.url)
const RULES = new URL('../../../../lib/configs/nginx/rules/', import.meta.url)
const ONLY_INFO = ['buffering-has-no-effect', 'forwarded-headers-missing', 'host-without-port']

it('lists every rule of the folder once', () => {
  const files = readdirSync(RULES).map((file) => file.replace(/\.ts$/, ''))
  assert.deepEqual(rules.map(({ id }) => id).sort(), files.sort())
})

for (const { id, cause } of rules) {
  describe(id, () => {
    const folder = new URL(`${id}/`, FIXTURES)
    const files = readdirSync(folder)
    const find = (file: string) => {
      const reader = readerAt(folder)
      const path = /^# asked for (\S+)/.exec(reader.read(file) ?? '')?.[1] ?? '/ws'
      const { error, findings } = lint(file, reader, { path })
      assert.equal(error, undefined, file)
      return findings.filter((finding) => {
        return finding.rule === id && (ONLY_INFO.includes(id) || finding.severity !== 'info')
      })
    }

    it('leads to a cause of the playbook, or to none', () => assert.ok(cause === null || causeOf(cause)))

    it('has configurations that it must report and that it must not', () => {
      assert.ok(files.some((file) => file.startsWith('hit-')))
      assert.ok(files.some((file) => file.startsWith('clean-')))
    })

    for (const file of files) {
      if (file.startsWith('clean-')) {
        it(`is silent about ${file}`, () => assert.deepEqual(find(file), []))
      } else {
        it(`reports ${file}`, () => {
          const [finding] = find(file)
          assert.ok(finding)
          assert.match(finding.says, /[^.]\.$/)
          assert.notEqual(finding.fix, '')
        })
      }
    }
  })
}
