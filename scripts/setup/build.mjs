import { runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inRoot } from './paths.mjs'
import { step } from './say.mjs'
import { digestOf, isStamped, stamp } from './stamp.mjs'

const stampFile = '.next/.why1006-built'
const sources = [
  'package-lock.json',
  'package.json',
  'next.config.mjs',
  'tsconfig.json',
  'app',
  'components',
  'lib',
  'public',
]

/**
 * Builds the pages when the lock or the sources changed since the last build.
 * @param {string} node
 */
export async function ensureBuilt(node) {
  if (isStamped(stampFile, digestOf(sources))) return
  await withLock('building the pages', async () => {
    const digest = digestOf(sources)
    if (isStamped(stampFile, digest)) return
    await step('Building the pages', () =>
      runQuietly(node, [inRoot('node_modules/next/dist/bin/next'), 'build'], {
        env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      }),
    )
    stamp(stampFile, digest)
  })
}
