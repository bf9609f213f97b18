import { readdirSync, readFileSync } from 'node:fs'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'

/** Reads files below a folder of fixtures. */
export function readerAt(folder: URL): ConfigReader {
  const tried = <T>(read: () => T, otherwise: T): T => {
    try {
      return read()
    } catch {
      return otherwise
    }
  }
  return {
    read: (name) => tried<string | undefined>(() => readFileSync(new URL(name, folder), 'utf8'), undefined),
    list: (name) => tried<string[]>(() => readdirSync(new URL(`${name}/`, folder)), []),
  }
}

/** A configuration of some files, the first of which is the main one. */
export function filesReader(files: Readonly<Record<string, string>>): ConfigReader {
  return {
    read: (name) => files[name],
    list: (folder) =>
      Object.keys(files)
        .filter((name) => name.startsWith(folder === '' ? '' : `${folder}/`))
        .map((name) => name.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? ''),
  }
}
