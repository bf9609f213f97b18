import { withLock } from './lock.mjs'
import { npmInstall } from './npm.mjs'
import { step } from './say.mjs'
import { digestOf, isStamped, stamp } from './stamp.mjs'

const stampFile = 'node_modules/.why1006-installed'

/**
 * Installs the packages when the lock changed since the last installation.
 * @param {string} node
 */
export async function ensureInstalled(node) {
  const digest = digestOf(['package.json', 'package-lock.json'])
  if (isStamped(stampFile, digest)) return
  await withLock('installing packages', async () => {
    if (isStamped(stampFile, digest)) return
    await step('Installing packages', () => npmInstall('.', process.env, node))
    stamp(stampFile, digest)
  })
}
