import { withLock } from './lock.mjs'
import { npmInstall } from './npm.mjs'
import { step } from './say.mjs'
import { digestOf, isStamped, stamp } from './stamp.mjs'

/** Installs the real servers that the parity tests run; nothing of the product needs them. */
export const ensureServers = () => ensure('servers', 'tests/parity/applications/servers')

/** Installs the older Nodes that the tests of the package run it on. */
export const ensureOlderNodes = () => ensure('older Nodes', 'tests/parity/package/nodes')

/** @param {string} what @param {string} folder with a package.json and its lock */
async function ensure(what, folder) {
  const stampFile = `${folder}/node_modules/.why1006-installed`
  const digest = digestOf([`${folder}/package.json`, `${folder}/package-lock.json`])
  if (isStamped(stampFile, digest)) return
  await withLock(`installing ${what} for the tests`, async () => {
    if (isStamped(stampFile, digest)) return
    await step(`Installing ${what} for the tests`, () => npmInstall(folder, process.env))
    stamp(stampFile, digest)
  })
}
