import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from '../setup/paths.mjs'

const isLicense = (file) => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(file)

/** The sources that the pages are built from: what they import is in the built files. */
const ofPages = ['app', 'components', 'lib']

const rule = '-'.repeat(80)

/**
 * Writes whose work is in the package, and the terms of each.
 * @param {string} out
 * @param {string[]} files of node_modules that are in the package, whole or bundled, from the root
 */
export function writeNotices(out, files) {
  const folders = new Set(
    [...files, ...importedByPages()].map(packageFolder).filter((found) => found !== undefined),
  )
  for (const folder of folders) for (const needed of dependenciesOf(folder)) folders.add(needed)
  const notices = [...folders].sort().map(noticeOf)
  const head = 'Why1006 contains work of others, whole or in part. Its own license is in LICENSE.'
  writeFileSync(inRoot(out), `${[head, ...notices].join(`\n\n${rule}\n`)}\n`)
}

/** Next has packages of others built into it, each in a folder with its license. */
const packageFolder = (file) =>
  /^(?:node_modules\/next\/dist\/compiled\/(?:@[^/]+\/)?[^/]+(?=\/)|(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(
    file,
  )?.[0]

/** @returns {string[]} */
function importedByPages() {
  const names = Object.keys(JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).devDependencies)
  const text = ofPages
    .flatMap((folder) => readdirSync(inRoot(folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:tsx?|css)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8'))
    .join('\n')
  return names
    .filter((name) =>
      [`'${name}'`, `'${name}/`, `"${name}"`, `"${name}/`, `node_modules/${name}/`].some((quoted) =>
        text.includes(quoted),
      ),
    )
    .map((name) => `node_modules/${name}`)
}

/** What a package needs is in it too, as far as it is used. @returns {string[]} */
function dependenciesOf(folder) {
  const manifest = manifestOf(folder)
  return Object.keys(manifest.dependencies ?? {}).flatMap((name) => {
    const own = `${folder}/node_modules/${name}`
    const shared = `node_modules/${name}`
    return [own, shared].filter((place) => existsSync(inRoot(place))).slice(0, 1)
  })
}

function manifestOf(folder) {
  const file = inRoot(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function noticeOf(folder) {
  const { name = folder.replace('node_modules/', ''), version = '', license = '' } = manifestOf(folder)
  const texts = readdirSync(inRoot(folder))
    .filter(isLicense)
    .map((file) => readFileSync(inRoot(folder, file), 'utf8').trim())
  const head = [name, version, typeof license === 'string' ? license : license.type].filter(
    (part) => part !== '',
  )
  return [head.join(' '), ...texts].join('\n\n')
}
