/** What is installed, and what it may do meanwhile. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { npmInstall } from '../../scripts/setup/npm.mjs'
import { inRoot, root } from '../../scripts/setup/paths.mjs'
import { runtimePackages } from '../../scripts/setup/runtime.mjs'

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly inBundle?: boolean
  readonly hasInstallScript?: boolean
  readonly os?: string | string[]
  readonly cpu?: string | string[]
}

const json = (file: string) => JSON.parse(readFileSync(inRoot(file), 'utf8'))

function lockOf(folder: string): [name: string, locked: Locked][] {
  const { packages } = json(path.join(folder, 'package-lock.json')) as { packages: Record<string, Locked> }
  return Object.entries(packages).filter(([name]) => name !== '')
}

for (const folder of [
  '.',
  'scripts/runtime',
  'tests/parity/applications/servers',
  'tests/parity/package/nodes',
]) {
  test(`every package of ${folder} is locked with its sum, from nowhere but the registry`, () => {
    const loose = lockOf(folder).filter(
      ([, { integrity, inBundle, resolved }]) =>
        !(inBundle || integrity?.startsWith('sha512-')) ||
        /^(?!https:\/\/registry\.npmjs\.org\/)/.test(resolved ?? 'https://registry.npmjs.org/'),
    )
    assert.deepEqual(loose, [])
  })
}

test('no package runs code of its own while it is installed, and none that would has been added', () => {
  const would = lockOf('.').filter(([, { hasInstallScript }]) => hasInstallScript)
  // Each brings a slower build of itself where the platform's own is missing; nothing that is served needs either.
  assert.deepEqual(
    would.map(([name]) => name),
    ['node_modules/@swc/core', 'node_modules/esbuild'],
  )
  // For whoever runs npm by hand. All scripts ignored would leave out our own, which builds what `npm pack` takes.
  assert.deepEqual(json('package.json').allowScripts, { '@swc/core': false, esbuild: false })
})

test('the published package needs no other', () => {
  const { dependencies, peerDependencies, optionalDependencies } = json('package.json')
  assert.deepEqual([dependencies, peerDependencies, optionalDependencies], [undefined, undefined, undefined])
})

test('what a command installs runs nothing either, wherever it is installed', async () => {
  mkdirSync(inRoot('.cache'), { recursive: true })
  const folder = mkdtempSync(inRoot('.cache', 'install-'))
  const postinstall = "node -e \"fs.writeFileSync('ran', '')\""
  try {
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, scripts: { postinstall } }),
    )
    await npmInstall(path.relative(root, folder), process.env)
    assert.equal(existsSync(path.join(folder, 'package-lock.json')), true)
    assert.equal(existsSync(path.join(folder, 'ran')), false)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('Node is locked for every platform that one is brought to', () => {
  const wanted: Record<string, string> = json('scripts/runtime/package.json').optionalDependencies
  assert.deepEqual(Object.keys(wanted).toSorted(), Object.values(runtimePackages).toSorted())
  const locked = new Map(lockOf('scripts/runtime'))
  for (const [platform, name] of Object.entries(runtimePackages)) {
    const { version, os, cpu } = locked.get(`node_modules/${name}`) ?? {}
    assert.equal(version, wanted[name], platform)
    assert.equal(`${os}-${cpu}`, platform)
    assert.ok(Number(version?.split('.')[0]) >= 24, platform)
  }
})
