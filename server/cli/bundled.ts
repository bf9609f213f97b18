/** A support bundle among the files of a command: what is in it is read like other files. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { type BundledReport, looksLikeZip, openBundle } from '#lib/bundle/open.ts'
import type { Source } from '#lib/intake/read.ts'
import { visible } from '#lib/text/foreign.ts'
import { readRegularBytes } from '#server/cli/regular-file.ts'

const FIRST_BYTES = 4

export interface Bundled {
  readonly sources: readonly Source[]
  readonly reports: readonly BundledReport[]
}

function beginsLikeZip(file: string): boolean {
  // A pipe that is opened and closed has lost what was in it.
  if (!statSync(file).isFile()) return false
  const descriptor = openSync(file, 'r')
  try {
    const bytes = new Uint8Array(FIRST_BYTES)
    readSync(descriptor, bytes)
    return looksLikeZip(bytes)
  } finally {
    closeSync(descriptor)
  }
}

/** Undefined where it is no zip. @throws BundleError for a zip that is none of ours, and the system's error */
export function readBundled(file: string, mostBytes: number): Bundled | undefined {
  if (!beginsLikeZip(file)) return undefined
  const bytes = readRegularBytes(file, mostBytes)
  if (bytes === undefined) return undefined
  const { sources, reports } = openBundle(bytes)
  return { sources: sources.map((source) => ({ ...source, file: `${file}/${source.file}` })), reports }
}

/** `2026-11-30 02:14  fault  idle-timeout (likely)  wss://app.example/ws`, a line each. */
export const describeBundled = (reports: readonly BundledReport[]): string =>
  reports
    .map(({ created, url = 'no URL', report: { outcome, verdicts } }) => {
      const [leading] = verdicts
      const verdict = leading === undefined ? '' : `  ${leading.cause} (${leading.certainty})`
      return `${new Date(created * 1000).toISOString().slice(0, 16).replace('T', ' ')}  ${outcome}${verdict}  ${visible(url)}\n`
    })
    .join('')
