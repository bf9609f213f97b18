/** The files of an nginx configuration: from a folder, or from what `nginx -T` wrote. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '#lib/configs/nginx/config-error.ts'
import { type ConfigFiles, filesOfDump } from '#lib/configs/nginx/dump.ts'
import type { ConfigReader } from '#lib/configs/nginx/tree.ts'

/** Largest file that is read, and largest input: beyond any configuration that people write. */
const MOST_FILE_BYTES = 1024 * 1024
export const MOST_DUMP_BYTES = 64 * 1024 * 1024

const nothing: ConfigReader = { read: () => undefined, list: () => [] }

/** Regular files below a root, and those with absolute names. */
export function readerOf(root: string): ConfigReader {
  return {
    read: (name) => {
      const file = path.resolve(root, name)
      const stats = statSync(file, { throwIfNoEntry: false })
      if (!stats?.isFile()) return undefined
      if (stats.size > MOST_FILE_BYTES) throw new ConfigError(`"${name}" is larger than 1 MiB`, name, 1)
      return readFileSync(file, 'utf8')
    },
    list: (folder) => {
      try {
        return readdirSync(path.resolve(root, folder))
      } catch {
        return []
      }
    },
  }
}

/** Files that exist but may not be read are missing too: what they hold is unknown. */
const forgiving = ({ read, list }: ConfigReader): ConfigReader => ({
  list,
  read: (name) => {
    try {
      return read(name)
    } catch (error) {
      if (error instanceof ConfigError) throw error
      return undefined
    }
  },
})

/** The file system from the main file on, whose name is relative to the root where it lies in it. */
export function filesFrom(file: string, root: string | undefined): ConfigFiles {
  const base = path.resolve(root ?? path.dirname(file))
  const inside = path.relative(base, path.resolve(file))
  const main = inside.startsWith('..') || path.isAbsolute(inside) ? path.resolve(file) : inside
  return { main: main.split(path.sep).join('/'), reader: forgiving(readerOf(base)) }
}

/** A text that is the main file itself, or all files in the output of `nginx -T`. */
export function filesOfText(text: string, name: string, root: string | undefined): ConfigFiles {
  const dump = filesOfDump(text)
  if (dump) return dump
  const below = root === undefined ? nothing : forgiving(readerOf(root))
  return {
    main: name,
    reader: { ...below, read: (wanted) => (wanted === name ? text : below.read(wanted)) },
  }
}
