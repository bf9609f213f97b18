import { existsSync } from 'node:fs'
import path from 'node:path'
import { runQuietly } from './child.mjs'
import { root } from './paths.mjs'

/**
 * Installs from the lock in a folder, quietly; npm compares each package with the sum that the lock has of it, and no
 * package runs code of its own. The published package has all that it needs in it, so everything here is for development,
 * also where NODE_ENV says production. `npm install`, not `npm ci`, which begins by deleting what is there.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [node] the Node that runs npm; packages judge their `engines` by it
 */
export async function npmInstall(folder, env, node = process.execPath) {
  const args = ['install', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: path.join(root, folder), env }
  const cli = env.npm_execpath
  if (cli && existsSync(cli) && /npm-cli\.[cm]?js$/.test(cli)) await runQuietly(node, [cli, ...args], options)
  // Without npm around us (the bin was called): npm of the PATH, which on Windows is a .cmd and needs the shell.
  else await runQuietly('npm', args, { ...options, shell: process.platform === 'win32' })
}
