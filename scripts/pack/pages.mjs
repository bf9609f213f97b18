import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { inRoot, root } from '../setup/paths.mjs'

/** What only the build needs: caches, types, traces. */
const unusedOfBuild =
  /^(?:cache|types|diagnostics|build|trace|trace-build|lock|turbopack|required-server-files\.js|\.why1006-built)$/

/** What is loaded of Next: its door for a server like ours, what that door starts, and the pictures of reports. */
const doors = ['next/dist/server/next.js', 'next/dist/server/lib/router-server.js', 'next/og.js']

/** What the trace finds and this server never loads. */
const neverLoaded = [
  /\.d\.[cm]?ts$|\.map$|\.dev\.js$|\.development\.js$|experimental\.runtime\.prod\.js$/,
  // Development.
  /\/next\/dist\/(?:docs|client\/dev|next-devtools\/userspace|server\/typescript)\//,
  /\/next\/dist\/server\/(?:dev\/(?:hot-reloader-(?:webpack|turbopack|rspack)|next-dev-server)|lib\/router-utils\/setup-dev-bundler)/,
  /\/next\/dist\/compiled\/(?:next-devtools|@mswjs|watchpack)\//,
  // Builds.
  /\/next\/dist\/(?:build\/(?:index\.js|utils\.js|webpack-config|swc\/|segment-config\/)|lib\/upgrade\/)/,
  /\/next\/dist\/compiled\/(?:webpack|babel|terser|postcss|tar\/|browserslist)/,
  /^node_modules\/(?:caniuse-lite|baseline-browser-mapping|typescript|@swc\/core)\//,
  // Pages that webpack built, edge runtimes, and React for browsers: in the built pages it is whole.
  /\/next\/dist\/compiled\/(?:next-server\/(?:app-page|app-route|pages|pages-api)\.runtime|edge-runtime\/|@edge-runtime\/primitives\/)/,
  /\/react-dom\/cjs\/react-dom-server(?:-legacy)?\.(?:browser|edge)\./,
  /\/next\/dist\/(?:server\/capsize-font-metrics\.json|compiled\/@vercel\/og\/index\.edge\.js)$/,
  // Images are not resized, and what resizes them is built for one platform.
  /^node_modules\/(?:sharp|@img|detect-libc|semver)\//,
]
const isNeverLoaded = (file) => neverLoaded.some((pattern) => pattern.test(file))

/**
 * Copies the built pages, and of Next what serves them.
 * @param {string} folder where it goes
 * @returns {Promise<string[]>} files of node_modules that are in it, from the root
 */
export async function copyPages(folder) {
  copyBuild(folder)
  cpSync(inRoot('public'), inRoot(folder, 'public'), { recursive: true, filter: isServed })
  writeFileSync(inRoot(folder, 'settings.json'), settings())
  const traced = await tracedFiles()
  for (const file of traced) copy(file, path.posix.join(folder, file))
  return traced
}

/** The README's pictures are not for the pages. */
const isServed = (file) => !file.endsWith('.png')

function copyBuild(folder) {
  const filter = (source) =>
    !unusedOfBuild.test(path.relative(inRoot('.next'), source)) && !/\.map$|\.nft\.json$/.test(source)
  cpSync(inRoot('.next'), inRoot(folder, '.next'), { recursive: true, filter })
  shareChunks(inRoot(folder, '.next/server/chunks/ssr'))
  const required = readFileSync(inRoot('.next/required-server-files.json'), 'utf8')
  const { files, ...rest } = JSON.parse(required)
  const own = {
    ...rest,
    files: files.filter((file) => !isNeverLoaded(file)),
    appDir: '.',
    config: configOf(required),
  }
  writeFileSync(inRoot(folder, '.next/required-server-files.json'), JSON.stringify(own))
}

/** Several pages have the same modules in files of their own, some of a megabyte: each but the first becomes a name for it. */
function shareChunks(folder) {
  const first = new Map()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    // The maps are not in the package, and their names are all that differs.
    const text = readFileSync(path.join(folder, file), 'utf8').replace(
      /\n\/\/# sourceMappingURL=\S+\s*$/,
      '\n',
    )
    const same = first.get(text)
    if (same === undefined) first.set(text, file)
    writeFileSync(
      path.join(folder, file),
      same === undefined ? text : `module.exports=require(${JSON.stringify(`./${same}`)})\n`,
    )
  }
}

const settings = () =>
  JSON.stringify(configOf(readFileSync(inRoot('.next/required-server-files.json'), 'utf8')))

/** The settings of the build without the places of this machine. */
function configOf(required) {
  const {
    outputFileTracingRoot: _root,
    repoRoot: _repo,
    turbopack: _turbopack,
    ...config
  } = JSON.parse(required).config
  const text = JSON.stringify(config)
  if (text.includes(root)) throw new Error('The settings of the pages name places of this machine.')
  return config
}

/** Found as Next finds them for `output: 'standalone'`, which has a server of its own in place of ours. */
async function tracedFiles() {
  const { nodeFileTrace } = createRequire(import.meta.url)('next/dist/compiled/@vercel/nft')
  const { fileList } = await nodeFileTrace(
    doors.map((door) => `node_modules/${door}`),
    { base: root, processCwd: root, mixedModules: true, moduleSyncCatchall: true, ignore: isNeverLoaded },
  )
  const ofPages = below(inRoot('.next/server'))
    .filter((file) => file.endsWith('.nft.json'))
    .flatMap((trace) =>
      JSON.parse(readFileSync(trace, 'utf8')).files.map((file) =>
        path.relative(root, path.resolve(path.dirname(trace), file)),
      ),
    )
  return [...new Set([...fileList, ...ofPages].map((file) => file.split(path.sep).join('/')))]
    .filter((file) => file.startsWith('node_modules/') && !isNeverLoaded(file) && isFile(file))
    .sort()
}

const isFile = (file) => statSync(inRoot(file), { throwIfNoEntry: false })?.isFile() ?? false

/** @param {string} folder @returns {string[]} */
const below = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))

function copy(from, to) {
  mkdirSync(path.dirname(inRoot(to)), { recursive: true })
  cpSync(inRoot(from), inRoot(to))
}
