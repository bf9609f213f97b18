import { withLock } from './lock.mjs'
import { npmInstall } from './npm.mjs'
import { step } from './say.mjs'
import { digestOf, isStamped, stamp } from './stamp.mjs'

const folder = 'tests/parity/applications/servers'
const stampFile = `${folder}/node_modules/.why1006-installed`

/** Installs the real servers that the parity tests run; nothing of the product needs them. */
export async function ensureServers() {
  const digest = digestOf([`${folder}/package.json`, `${folder}/package-lock.json`])
  if (isStamped(stampFile, digest)) return
  await withLock('installing servers for the tests', async () => {
    if (isStamped(stampFile, digest)) return
    await step('Installing servers for the tests', () => npmInstall(folder, process.env))
    stamp(stampFile, digest)
  })
}
