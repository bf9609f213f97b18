import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from './paths.mjs'

/** @param {string} relative @returns {string[]} files below it, in a stable order */
function filesBelow(relative) {
  const stat = statSync(inRoot(relative), { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [relative]
  return readdirSync(inRoot(relative), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(path.posix.join(relative, entry.name)))
}

/**
 * A digest of the names and contents of files. Contents, not times: a fresh checkout and a `touch` change nothing.
 * @param {string[]} places files or folders, relative to the root
 */
export function digestOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesBelow)) {
    const content = readFileSync(inRoot(file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} file @param {string} digest */
export function isStamped(file, digest) {
  try {
    return readFileSync(inRoot(file), 'utf8') === digest
  } catch {
    return false
  }
}

/** @param {string} file @param {string} digest */
export function stamp(file, digest) {
  mkdirSync(path.dirname(inRoot(file)), { recursive: true })
  // In one step, and on a file of its own: a copy of the project made of hard links keeps its stamp.
  const fresh = inRoot(`${file}.${process.pid}`)
  writeFileSync(fresh, digest)
  renameSync(fresh, inRoot(file))
}
