import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { forbidden, options } from './boundaries.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const breaches = fileURLToPath(new URL('../fixtures/boundaries', import.meta.url))

/** Every import of the four folders below `baseDir` that breaks a rule, as `rule: from → to`. */
async function violationsIn(baseDir: string): Promise<string[]> {
  const folders = ['app', 'components', 'lib', 'server'].filter((folder) =>
    existsSync(`${baseDir}/${folder}`),
  )
  const { output } = await cruise(folders, {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  })
  const { violations } = (output as ICruiseResult).summary
  return violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

test('every import points the way of app → components → lib ← server', async () => {
  assert.deepEqual(await violationsIn(root), [])
})

test('type-only, dynamic and relative breaches are caught', async () => {
  assert.deepEqual((await violationsIn(breaches)).sort(), [
    'app-composes: app/reaches-server.ts → server/setting.ts',
    'lib-is-isomorphic: lib/reads-files.ts → fs/promises',
    'lib-stands-alone: lib/reaches-server.ts → server/setting.ts',
  ])
})
