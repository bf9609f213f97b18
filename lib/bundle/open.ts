/**
 * Opens a support bundle, whoever made it: a zip may name files outside of it, hold more than any machine has, or list
 * more than anybody reads. Nothing is written anywhere; only the names of the format are read, each within its bound.
 */
import { unzipSync } from 'fflate'
import * as z from 'zod/mini'
import { type BundleManifest, bundleManifest, FILES } from '#lib/bundle/format.ts'
import { storedReport } from '#lib/diagnosis/stored-report.ts'
import { type Sentence, sentence, wordsOf } from '#lib/text/foreign.ts'

export interface OpenedBundle {
  readonly manifest: BundleManifest
  /** Text of the journal's events and of what was imported, to be read like any other. */
  readonly sources: readonly { readonly file: string; readonly text: string }[]
  readonly reports: readonly BundledReport[]
}

export type BundledReport = Pick<
  z.infer<typeof storedReport>,
  'id' | 'created' | 'url' | 'report' | 'evidence'
>

/** It is no bundle, or one that is not opened. */
export class BundleError extends Error {
  declare readonly message: Sentence

  constructor(message: Sentence) {
    super(message)
    this.name = 'BundleError'
  }
}

export interface BundleBounds {
  readonly entries: number
  /** Unpacked, of one file and of all. */
  readonly fileBytes: number
  readonly totalBytes: number
}

const BOUNDS: BundleBounds = { entries: 1200, fileBytes: 128 * 1024 * 1024, totalBytes: 256 * 1024 * 1024 }

/** `reports/<id>.json`, `imported/<name>`: one level, no dots in front. */
const REPORT = /^reports\/[\w-]{1,64}\.json$/
const IMPORTED = /^imported\/[\w(][\w. ()-]{0,119}$/

const isOurs = (name: string): boolean =>
  [FILES.manifest, FILES.events].some((known) => known === name) || REPORT.test(name) || IMPORTED.test(name)

/** `PK`, and a file or the end of an empty archive. */
export const looksLikeZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

/** @throws BundleError in words for people */
export function openBundle(bytes: Uint8Array, bounds: BundleBounds = BOUNDS): OpenedBundle {
  const files = unpacked(bytes, bounds)
  const text = (name: string) => {
    const content = files.get(name)
    return content === undefined ? undefined : new TextDecoder().decode(content)
  }
  const manifest = z.safeParse(bundleManifest, parsed(text(FILES.manifest)))
  if (!manifest.success) {
    throw new BundleError(
      wordsOf('This zip is not a support bundle of Why1006. Unpack it, and add the files that are in it.'),
    )
  }
  const reports = [...files.keys()].flatMap((name) => {
    if (!REPORT.test(name)) return []
    const report = z.safeParse(storedReport, parsed(text(name)))
    return report.success ? [report.data] : []
  })
  const sources = [...files.keys()]
    .filter((name) => name === FILES.events || IMPORTED.test(name))
    .flatMap((name) => {
      const content = text(name) ?? ''
      return content.trim() === '' ? [] : [{ file: name, text: content }]
    })
  return { manifest: manifest.data, sources, reports: reports.sort((a, b) => b.created - a.created) }
}

function unpacked(
  bytes: Uint8Array,
  { entries, fileBytes, totalBytes }: BundleBounds,
): Map<string, Uint8Array> {
  let seen = 0
  let total = 0
  try {
    // Each is unpacked into as many bytes as it claims to have, and no more.
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        seen += 1
        if (seen > entries) throw new BundleError(sentence`This zip has more than ${entries} files.`)
        if (!isOurs(name)) return false
        total += originalSize
        if (originalSize > fileBytes || total > totalBytes) {
          throw new BundleError(sentence`Unpacked, ${name} is larger than what is read.`)
        }
        return true
      },
    })
    return new Map(Object.entries(files))
  } catch (error) {
    if (error instanceof BundleError) throw error
    throw new BundleError(
      sentence`This zip cannot be read: ${error instanceof Error ? error.message : 'damaged'}.`,
    )
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
