/** A copy of the project that a test may edit, while other tests read the original. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const root = path.resolve(import.meta.dirname, '../../..')
const sources = [
  'app',
  'components',
  'lib',
  'server',
  'public',
  'package.json',
  'tsconfig.json',
  'next.config.mjs',
]

/** Lies within the project, since hard links do not cross file systems. Gone when its scope ends. */
export async function copyProject(): Promise<AsyncDisposable & { folder: string }> {
  const cache = path.join(root, '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(path.join(cache, 'copy-'))
  for (const source of sources)
    await cp(path.join(root, source), path.join(folder, source), { recursive: true })
  await promisify(execFile)('cp', ['-al', path.join(root, 'node_modules'), path.join(folder, 'node_modules')])
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
