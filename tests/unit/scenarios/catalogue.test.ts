import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { commandsFor } from '#lib/checklist/commands.ts'
import { readKnobs } from '#lib/lab/address.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { symptoms } from '#lib/playbook/matrix.ts'
import { scenarioOf, scenarioOfSymptom, scenarios } from '#lib/scenarios/catalogue.ts'
import { type Setup, type Speed, waitSeconds } from '#lib/scenarios/scenario.ts'

const FOLDER = new URL('../../../lib/scenarios/', import.meta.url)
const SPEEDS: readonly Speed[] = ['short', 'real']

const knownCommands = new Set(commandsFor({ url: 'wss://app.example/ws' }).map(({ id }) => id))

function assertAllowed(setup: Setup): void {
  if (setup.via === 'url') {
    assert.ok(URL.canParse(setup.url({ origin: 'https://localhost:9443' })))
    return
  }
  const knobs = Object.entries(setup.knobs ?? {}).map(([name, value]) => [name, String(value)])
  const reading = readKnobs(setup.fault, new URLSearchParams(knobs))
  assert.ok(reading.ok, JSON.stringify(reading))
}

describe('the scenarios', () => {
  it('are exactly the files of their folder', () => {
    const contract = ['scenario.ts', 'catalogue.ts', 'run']
    const files = readdirSync(FOLDER)
      .filter((name) => !contract.includes(name))
      .map((name) => name.replace(/\.ts$/, ''))
    assert.deepEqual(scenarios.map(({ id }) => id).sort(), files.sort())
  })

  it('make every row of the matrix happen, each once', () => {
    assert.deepEqual(scenarios.map(({ symptom }) => symptom).sort(), symptoms.map(({ id }) => id).sort())
    for (const { id } of symptoms) assert.equal(scenarioOfSymptom(id)?.symptom, id)
  })

  it('are found by their id, and nothing else is', () => {
    assert.equal(scenarioOf('idle-timeout')?.title, '1006 after 60 seconds idle')
    for (const id of ['', 'constructor', '__proto__', 'IDLE-TIMEOUT', '../idle-timeout'])
      assert.equal(scenarioOf(id), undefined)
  })

  for (const scenario of scenarios) {
    const { id, symptom, reproduce, observe, diagnose, fix, verify } = scenario

    it(`${id} expects a cause of its row, which the catalogue has`, () => {
      assert.ok(causeOf(diagnose.cause))
      const row = symptoms.find((candidate) => candidate.id === symptom)
      assert.ok(row?.causes.includes(diagnose.cause), `${diagnose.cause} stands in ${symptom}`)
    })

    for (const speed of SPEEDS) {
      it(`${id} asks the lab for what it takes (${speed})`, () => {
        assertAllowed(reproduce.setup(speed))
        assertAllowed(fix.setup(speed))
      })

      it(`${id} looks for something in every step that watches (${speed})`, () => {
        for (const expectations of [
          reproduce.expectations(speed),
          observe.expectations(speed),
          verify.expectations(speed),
        ]) {
          assert.ok(expectations.length > 0)
          assert.equal(new Set(expectations.map(({ expects }) => expects)).size, expectations.length)
        }
      })
    }

    it(`${id} shortens the criterion’s 30 s as it shortens the wait`, () => {
      assert.equal(verify.idleSeconds('real'), 30)
      const proportion = waitSeconds(scenario, 'short') / (waitSeconds(scenario, 'real') || 1) || 1 / 10
      assert.equal(verify.idleSeconds('short'), 30 * proportion)
    })

    it(`${id} changes something, and shows it as a diff`, () => {
      for (const speed of SPEEDS) {
        for (const { text } of fix.diffs(speed)) {
          assert.ok(
            text.split('\n').every((line) => /^[ +-]/.test(line)),
            text,
          )
          assert.match(text, /^\+/m)
        }
        assert.notDeepEqual(reproduce.setup(speed), fix.setup(speed))
      }
    })

    it(`${id} has commands for one’s own server, all of which exist`, () => {
      const commands = [...observe.commands, ...diagnose.commands, ...fix.commands]
      assert.deepEqual(
        commands.filter((command) => !knownCommands.has(command)),
        [],
      )
    })
  }
})
