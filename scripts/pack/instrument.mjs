import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runQuietly } from '../setup/child.mjs'
import { withLock } from '../setup/lock.mjs'
import { inRoot } from '../setup/paths.mjs'
import { step } from '../setup/say.mjs'
import { digestOf, isStamped, stamp } from '../setup/stamp.mjs'

const out = 'dist/instrument'
const stampFile = `${out}/.why1006-built`
const sources = [
  'package-lock.json',
  'scripts/pack',
  'server/instrument',
  'server/wire',
  'lib/protocol',
  'lib/text',
  'lib/evidence',
]

/**
 * Builds `why1006/instrument` where its sources changed: one file of JavaScript for Node 20 and later, without
 * dependencies, and the types of what it exports.
 * @param {string} node
 */
export async function ensureInstrument(node) {
  if (isStamped(stampFile, digestOf(sources))) return
  await withLock('building the instrument', async () => {
    const digest = digestOf(sources)
    if (isStamped(stampFile, digest)) return
    await step('Building why1006/instrument', async () => {
      rmSync(inRoot(out), { recursive: true, force: true })
      await bundle()
      await types(node)
    })
    stamp(stampFile, digest)
  })
}

async function bundle() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: inRoot('.'),
    entryPoints: ['server/instrument/index.ts'],
    outfile: `${out}/index.js`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'silent',
  })
}

/** @param {string} node */
async function types(node) {
  const whole = inRoot(out, 'types')
  // Everything is declared in its place first; of what no export needs, nothing is kept.
  await runQuietly(node, [
    inRoot('node_modules/typescript/bin/tsc'),
    ...[
      '--ignoreConfig',
      '--declaration',
      '--emitDeclarationOnly',
      '--stripInternal',
      '--strict',
      '--skipLibCheck',
    ],
    ...['--target', 'es2024', '--module', 'preserve', '--moduleResolution', 'bundler', '--types', 'node'],
    ...['--allowImportingTsExtensions', '--rootDir', inRoot('.'), '--outDir', whole],
    inRoot('server/instrument/index.ts'),
  ])
  const from = path.join(whole, 'server/instrument')
  const known = new Set(readdirSync(from))
  const waiting = ['index.d.ts']
  mkdirSync(inRoot(out), { recursive: true })
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!known.delete(name)) continue
    const text = readFileSync(path.join(from, name), 'utf8').replace(
      /'#server\/instrument\/([\w-]+)\.ts'/g,
      (_, other) => {
        waiting.push(`${other}.d.ts`)
        return `'./${other}.js'`
      },
    )
    if (text.includes("'#"))
      throw new Error(`The types of server/instrument/${name} need what is not published: ${text}`)
    writeFileSync(inRoot(out, name), text)
  }
  rmSync(whole, { recursive: true, force: true })
}
