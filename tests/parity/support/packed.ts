/** The published package as people get it: packed by npm, then installed without a network into an empty folder. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { inRoot, root } from '../../../scripts/setup/paths.mjs'
import { ensureOlderNodes } from '../../../scripts/setup/servers.mjs'

const run = promisify(execFile)

/** A folder of a user who has nothing: no cache of npm, no settings. */
export const emptyFolder = (name: string): string => mkdtempSync(path.join(tmpdir(), `why1006-${name}-`))

/** Nothing of the environment of the tests: npm around them would have its settings here. */
export const bare = (home: string, more: Record<string, string> = {}): NodeJS.ProcessEnv =>
  ({ PATH: process.env.PATH ?? '', HOME: home, ...more }) as Record<string, string> as NodeJS.ProcessEnv

/** @returns the tarball, as `npm pack` in the checkout makes it */
export async function pack(into: string): Promise<string> {
  const { HOME = into } = process.env
  await run('npm', ['pack', '--pack-destination', into], { cwd: root, env: bare(HOME), maxBuffer: 1e8 })
  const [tarball] = readdirSync(into).filter((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball')
  return path.join(into, tarball)
}

export interface Installed {
  readonly folder: string
  /** The package in it. */
  readonly home: string
  /** What `node_modules/.bin/why1006` is. */
  readonly bin: string
}

export async function install(tarball: string): Promise<Installed> {
  const folder = emptyFolder('installed')
  const user = emptyFolder('user')
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    env: bare(user),
  })
  return {
    folder,
    home: path.join(folder, 'node_modules/why1006'),
    bin: path.join(folder, 'node_modules/.bin/why1006'),
  }
}

/** `npx <tarball> …` of a user who never ran it. npx takes an absolute path for a program, and runs the tarball itself. */
export function npx(tarball: string, ...args: string[]): Promise<Ended> {
  const spec = `./${path.basename(tarball)}`
  return runIn(path.dirname(tarball), 'npx', ['--yes', '--offline', spec, ...args], bare(emptyFolder('user')))
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const runWith = (node: string, { folder, bin }: Installed, ...args: string[]): Promise<Ended> =>
  runIn(folder, node, [bin, ...args], bare(folder))

export function runIn(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = bare(cwd),
): Promise<Ended> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export interface Dashboard {
  readonly url: string
  /** Sends SIGTERM. */
  end(): Promise<Ended>
}

/** `why1006` without a command, in an empty folder; resolves once its pages are ready. */
export function serveWith(node: string, { bin }: Installed): Promise<Dashboard> {
  const cwd = emptyFolder('dashboard')
  // Another project's settings, which are not ours.
  writeFileSync(path.join(cwd, '.env'), 'PORT=1\nLOG_LEVEL=silly\n')
  const child = spawn(node, [bin], {
    cwd,
    env: bare(cwd, { PORT: '0' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return new Promise((resolve, reject) => {
    ended.then(({ stderr }) => reject(new Error(`It ended before its pages were ready: ${stderr}`)))
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      const url = /listening on (http:\/\/localhost:\d+)/.exec(stdout)?.[1]
      if (url === undefined || !stdout.includes('pages are ready')) return
      resolve({
        url,
        end: () => {
          child.kill('SIGTERM')
          return ended
        },
      })
    })
  })
}

export interface Line {
  readonly major: number
  readonly node: string
}

/** The Nodes that the package is tried on; why one is missing, for people. */
export async function nodes(): Promise<(Line | { readonly major: number; readonly missing: string })[]> {
  const own = { major: Number(process.versions.node.split('.')[0]), node: process.execPath }
  const missing = await ensureOlderNodes().then(
    () => `there is no ready-made one for ${process.platform} on ${process.arch}`,
    (error: Error) => `npm could not install it: ${error.message.trim().split('\n').at(-1)?.slice(0, 200)}`,
  )
  const older = [20, 22].map((major) => {
    const name = `node-${major}-${process.platform}-${process.arch}`
    const node = inRoot('tests/parity/package/nodes/node_modules', name, 'bin/node')
    return existsSync(node) ? { major, node } : { major, missing }
  })
  return [...older, own]
}

/** Every file below a folder, relative to it. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))

export function writeIn(folder: string, file: string, text: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, file), text)
  return path.join(folder, file)
}
