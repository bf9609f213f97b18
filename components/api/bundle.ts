'use client'
/** The support bundle, as the pages ask for it. Everything rejects with a `ProblemError`. */
import { type BundleOrder, type BundleSizes, bundleSizes } from '#lib/api/bundle.ts'
import { type ImportAnswer, importAnswer } from '#lib/api/reports.ts'
import type { BundledReport } from '#lib/bundle/open.ts'
import { getJson, postForBytes, postJson } from './request.ts'

export const fetchBundleSizes = (since: number | undefined, signal: AbortSignal): Promise<BundleSizes> =>
  getJson(`/api/bundle${since === undefined ? '' : `?since=${since}`}`, bundleSizes, signal)

export const makeBundle = (order: BundleOrder): Promise<Blob> => postForBytes('/api/bundle', order)

/** Takes a report of another server in. One that is here already stays as it is. */
export const importBundled = (report: BundledReport): Promise<ImportAnswer> =>
  postJson('/api/reports/import', report, importAnswer)
