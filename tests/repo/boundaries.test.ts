import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { circlesBetweenRooms, floors, forbidden, options } from './boundaries.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const breaches = fileURLToPath(new URL('../fixtures/boundaries', import.meta.url))

async function survey(baseDir: string): Promise<ICruiseResult> {
  const folders = ['app', 'components', 'lib', 'server'].filter((folder) =>
    existsSync(`${baseDir}/${folder}`),
  )
  const { output } = await cruise(folders, {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  })
  return output as ICruiseResult
}

/** Every import of the four folders that breaks a rule, as `rule: from → to`. */
const violationsOf = ({ summary }: ICruiseResult): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)

/** A tree of files below a folder that is gone when the test ends. */
async function surveyOf(files: Record<string, string>): Promise<ICruiseResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'floors-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    return await survey(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const house = survey(root)

test('every import points the way of app → components → lib ← server, and down the floors of lib', async () => {
  assert.deepEqual(violationsOf(await house), [])
})

test('no rooms of lib, of server or of components import each other in a circle', async () => {
  assert.deepEqual(circlesBetweenRooms(await house), [])
})

test('every folder of lib has its floor', () => {
  const folders = readdirSync(path.join(root, 'lib'))
  const known = floors.flat()
  assert.deepEqual(
    folders.filter((folder) => !known.includes(folder)),
    [],
  )
})

test('type-only, dynamic and relative breaches are caught', async () => {
  assert.deepEqual(violationsOf(await survey(breaches)).sort(), [
    'app-composes: app/reaches-server.ts → server/setting.ts',
    'lib-is-isomorphic: lib/reads-files.ts → fs/promises',
    'lib-stands-alone: lib/reaches-server.ts → server/setting.ts',
    'threads-judge: server/judges.ts → lib/diagnosis/diagnose.ts',
  ])
})

test('a breach on each floor is caught: upwards, and into a neighbour', async () => {
  const planted: Record<string, string> = {}
  const expected: string[] = []
  const plant = (floor: number, from: string, to: string) => {
    planted[`lib/${from}/reaches-${to}.ts`] =
      `import type { It } from '../${to}/it.ts'\nexport type Mine = It\n`
    expected.push(`floor-${floor}: lib/${from}/reaches-${to}.ts → lib/${to}/it.ts`)
  }
  for (const [index, folders] of floors.entries()) {
    for (const folder of folders) planted[`lib/${folder}/it.ts`] = 'export type It = string\n'
    const [first = '', second] = folders
    const above = floors[index + 1]?.[0]
    if (above !== undefined) plant(index + 1, first, above)
    if (second !== undefined) plant(index + 1, second, first)
  }
  const found = violationsOf(await surveyOf(planted))
  assert.deepEqual(found.sort(), expected.sort())
})

test('a circle between rooms is caught, and a file above the rooms is none', async () => {
  const survey = await surveyOf({
    'server/app.ts': "import './lab/lab.ts'\n",
    'server/lab/lab.ts': "import '../http/answer.ts'\n",
    'server/http/answer.ts': 'export const answer = 1\n',
    'server/http/route.ts': "import '../lab/knob.ts'\n",
    'server/lab/knob.ts': 'export const knob = 1\n',
  })
  assert.deepEqual(circlesBetweenRooms(survey), ['server/http ⇄ server/lab'])
  assert.deepEqual(violationsOf(survey), [])
})
