import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { commonKnobs, faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import { readKnob } from '#lib/lab/knob.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'

const behaviourFolder = new URL('../../../server/lab/faults/', import.meta.url)

test('every fault has one file of behaviour of its name, and no file is left over', () => {
  const files = readdirSync(behaviourFolder).map((file) => file.replace(/\.ts$/, ''))
  assert.deepEqual(files.toSorted(), faultIds.toSorted())
})

test('every default is within its own bounds', () => {
  for (const id of faultIds) {
    for (const [name, knob] of Object.entries(faultOf(id).knobs)) {
      // Nothing given is no token either: the default of a token may be empty.
      if (knob.kind === 'text' && knob.default === '') continue
      assert.ok(readKnob(knob, String(knob.default)).ok, `${id} ${name}`)
    }
  }
})

test('no knob bears the name of a parameter that endpoints have, or of a common one', () => {
  const taken = new Set([
    ...Object.keys(commonKnobs),
    'trace',
    'ping_interval',
    'ping_timeout',
    'after',
    'kinds',
    'client_id',
    'batch',
  ])
  for (const id of faultIds) {
    for (const name of Object.keys(faultOf(id).knobs)) assert.ok(!taken.has(name), `${id} ${name}`)
  }
})

test('every fault says what it does and who does it in the field, in sentences', () => {
  for (const id of faultIds) {
    const { says, met, shows } = faultOf(id)
    assert.match(says, /^[A-Z].*\.$/, id)
    assert.match(met, /\.$/, id)
    assert.equal(shows.causes.length === 0, shows.outcome === 'healthy', id)
  }
})

test('every cause that a fault shows is in the playbook', () => {
  const causes = new Set(catalogue.map(({ id }) => id))
  for (const id of faultIds) {
    for (const cause of faultOf(id).shows.causes) assert.ok(causes.has(cause), `${id} shows ${cause}`)
  }
})

test('every cause that the lab reproduces names a fault of it', () => {
  for (const { id, reproduce } of catalogue) {
    if (reproduce === null) continue
    assert.ok(isFaultId(reproduce), `${id}: ${reproduce}`)
  }
})
