import { cpSync, rmSync } from 'node:fs'
import { ensureBuilt } from '../setup/build.mjs'
import { withLock } from '../setup/lock.mjs'
import { inRoot } from '../setup/paths.mjs'
import { step } from '../setup/say.mjs'
import { digestOf, isStamped, stamp } from '../setup/stamp.mjs'
import { ensureInstrument } from './instrument.mjs'
import { writeNotices } from './notices.mjs'
import { copyPages } from './pages.mjs'
import { assetsOf, buildPrograms } from './programs.mjs'

const out = 'dist/why1006'
const notices = 'dist/THIRD_PARTY_NOTICES.txt'
const stampFile = 'dist/.why1006-packed'
const sources = [
  'package-lock.json',
  'package.json',
  'next.config.mjs',
  'scripts/pack',
  'app',
  'components',
  'lib',
  'public',
  'server',
]

/**
 * Builds what `npm pack` takes, where its sources changed: the command, the server and the pages as JavaScript that
 * needs no other package, and `why1006/instrument`.
 * @param {string} node
 */
export async function ensurePackage(node) {
  await ensureBuilt(node)
  await ensureInstrument(node)
  if (isStamped(stampFile, digestOf(sources))) return
  await withLock('building the package', async () => {
    const digest = digestOf(sources)
    if (isStamped(stampFile, digest)) return
    await step('Building the package', async () => {
      rmSync(inRoot(out), { recursive: true, force: true })
      const bundled = await buildPrograms(`${out}/server`)
      for (const [from, to] of assetsOf(`${out}/server`)) cpSync(inRoot(from), inRoot(to))
      const copied = await copyPages(out)
      writeNotices(notices, [...bundled, ...copied])
    })
    stamp(stampFile, digest)
  })
}
