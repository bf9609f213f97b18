/** The files of an nginx configuration: from a folder, or from what `nginx -T` wrote. */
import { readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '#lib/configs/nginx/syntax/config-error.ts'
import { type ConfigFiles, filesOfDump } from '#lib/configs/nginx/syntax/dump.ts'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'
import { FileTooLargeError, isKernels, readRegularFile } from '#server/cli/regular-file.ts'

/** Largest file that is read, and largest input: beyond any configuration that people write. */
const MOST_FILE_BYTES = 1024 * 1024
export const MOST_DUMP_BYTES = 64 * 1024 * 1024

const nothing: ConfigReader = { read: () => undefined, list: () => [] }

/**
 * The files below a root, and those with absolute names: a configuration includes from wherever it likes. What is not
 * a regular file, or may not be read, is missing: what it holds is unknown.
 */
function readerOf(root: string): ConfigReader {
  return {
    read: (name) => {
      try {
        return readRegularFile(path.resolve(root, name), MOST_FILE_BYTES)
      } catch (error) {
        if (error instanceof FileTooLargeError) throw tooLarge(name)
        return undefined
      }
    },
    list: (folder) => {
      try {
        const real = realpathSync(path.resolve(root, folder))
        return isKernels(real) ? [] : readdirSync(real)
      } catch {
        return []
      }
    },
  }
}

const tooLarge = (name: string) => new ConfigError(`"${name}" is larger than 1 MiB`, name, 1)

export interface FoundFiles extends ConfigFiles {
  /** Where a file is, as `patch -p0` finds it; one without a place keeps its name. */
  readonly placeOf: (name: string) => string
}

/**
 * From the working folder. `patch` takes no name that leads out of it: where the configuration is elsewhere, names are
 * absolute, for `patch -d / -p0`.
 */
function placesFrom(base: string, file: string): FoundFiles['placeOf'] {
  const isElsewhere = [base, path.resolve(file)].some((each) => isOutside(path.relative('', each)))
  return (name) => {
    const place = path.resolve(base, name)
    const fromHere = path.relative('', place)
    return posix(isElsewhere || isOutside(fromHere) ? place : fromHere)
  }
}

const isOutside = (relative: string): boolean =>
  /^\.\.(?:[\\/]|$)/.test(relative) || path.isAbsolute(relative)

const posix = (name: string): string => name.split(path.sep).join('/')

/** The main file's text, whose name is relative to the root where it lies in it, and the file system from there on. */
export function filesFrom(file: string, text: string, root: string | undefined): FoundFiles {
  const base = path.resolve(root ?? path.dirname(file))
  const inside = path.relative(base, path.resolve(file))
  const main = isOutside(inside) ? path.resolve(file) : inside
  return { ...withMain(posix(main), text, readerOf(base)), placeOf: placesFrom(base, file) }
}

/** A text that is the main file itself, or all files in the output of `nginx -T`. */
export function filesOfText(text: string, name: string, root: string | undefined): FoundFiles {
  return (
    dumped(text) ?? {
      placeOf: asNamed,
      ...withMain(name, text, root === undefined ? nothing : readerOf(root)),
    }
  )
}

/** All files in the output of `nginx -T`, which names each by its place. */
export function dumped(text: string): FoundFiles | undefined {
  const files = filesOfDump(text)
  return files && { ...files, placeOf: asNamed }
}

const asNamed = (name: string): string => name

const withMain = (main: string, text: string, around: ConfigReader): ConfigFiles => ({
  main,
  reader: { ...around, read: (name) => (name === main ? text : around.read(name)) },
})
