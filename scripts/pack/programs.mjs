import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root } from '../setup/paths.mjs'

/** Every file that Node is told to run, in a process or a thread, by its name in the package. */
const programs = {
  why1006: 'scripts/pack/bin.mjs',
  'lab-child': 'server/lab-child.ts',
  judge: 'server/reports/worker.ts',
  'log-part': 'server/cli/logs/part.worker.ts',
}

/** Files that are read while the server runs. */
const assets = { 'recorder.js': 'server/recorder/recorder.js' }

/** Where the project's root is, seen from a program of the package. */
const rootInPackage = '../'

const besideThis = /new URL\('(\.[^']*)', import\.meta\.url\)/g

/**
 * Files name others by where they are in the checkout: `new URL('./worker.ts', import.meta.url)`. In the package
 * every program is in one folder.
 */
const namesOfPackage = {
  name: 'names of the package',
  setup({ onLoad }) {
    const named = new Map([...Object.entries(programs).map(([name, file]) => [inRoot(file), `./${name}.js`])])
    for (const [name, file] of Object.entries(assets)) named.set(inRoot(file), `./${name}`)
    named.set(root, rootInPackage)
    onLoad({ filter: /[/\\](?:server|lib)[/\\].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8')
      const contents = text.replace(besideThis, (_, relative) => {
        const target = path.resolve(path.dirname(file), relative)
        const name = named.get(target)
        if (name === undefined)
          throw new Error(
            `${file} names ${relative}, which the package does not have. See ${import.meta.url}`,
          )
        return `new URL('${name}', import.meta.url)`
      })
      return { contents, loader: 'ts' }
    })
  },
}

/**
 * JavaScript for Node 20 and later of everything but the pages. What several programs share, and what is loaded only
 * when it is asked for, is in files of its own.
 * @param {string} folder where it goes
 * @returns {Promise<string[]>} files that are in it, from the root
 */
export async function buildPrograms(folder) {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    inject: ['scripts/pack/older-node.mjs'],
    define: { WHY1006_PACKAGED: 'true' },
    // Pages are rendered by Next as it is: it loads much by name.
    external: ['next', 'next/og.js'],
    plugins: [namesOfPackage],
    // What packages of CommonJS ask Node for.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url)",
    },
    legalComments: 'none',
    sourcemap: true,
    metafile: true,
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

/** @returns {[from: string, to: string][]} */
export const assetsOf = (folder) =>
  Object.entries(assets).map(([name, file]) => [file, path.posix.join(folder, name)])
