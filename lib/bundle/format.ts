/**
 * A support bundle: one zip for whoever is to help, of what this server knows. `manifest.json` says what is in it, the
 * rest are files that any program reads.
 */
import * as z from 'zod/mini'

export const BUNDLE_FORMAT = 'why1006-bundle'

/** What may be left out. In the order in which people are shown it. */
export const bundleParts = ['events', 'reports', 'watches', 'configuration', 'imported'] as const
export type BundlePart = (typeof bundleParts)[number]

/** What each is, for the README of the bundle and for the dialog before it. */
export const partWords: Readonly<Record<BundlePart, string>> = {
  events: 'events of the server’s journal, a JSON object a line, oldest first',
  reports: 'reports with their evidence',
  watches: 'what the server watches, and each loss',
  configuration: 'the effective settings of the server, its version and that of Node',
  imported: 'log lines and files that you add',
}

export const FILES = {
  manifest: 'manifest.json',
  readme: 'README.txt',
  events: 'events.ndjson',
  reports: 'reports/',
  watches: 'watches.json',
  configuration: 'configuration.json',
  imported: 'imported/',
} as const

const count = z.number().check(z.nonnegative())

export const bundlePart = z.looseObject({
  part: z.enum(bundleParts),
  /** Events, reports, watches, settings, files. */
  count,
  /** Before they are compressed. */
  bytes: count,
  /** There is more in the range than one bundle holds; the newest are in it. */
  cut: z.optional(z.boolean()),
})
export type BundlePartSize = z.infer<typeof bundlePart>

export const bundleManifest = z.looseObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.number(),
  /** Seconds since the Unix epoch. */
  made: z.number(),
  why1006: z.string(),
  node: z.string(),
  platform: z.string(),
  instance: z.string(),
  since: z.optional(z.number()),
  until: z.optional(z.number()),
  parts: z.array(bundlePart),
})
export type BundleManifest = z.infer<typeof bundleManifest>

export const BUNDLE_VERSION = 1

/** The name of a file as it may stand in a zip: no folder, nothing that steers, nothing hidden. */
export function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .replace(/[^\w. ()-]/g, '_')
      .replace(/^[. ]+/, '')
      .slice(0, 100) || 'file'
  )
}

/** `why1006-2026-11-30T0214.zip`, in UTC. */
export const bundleName = (at: Date): string =>
  `why1006-${at.toISOString().slice(0, 16).replace(':', '')}.zip`
