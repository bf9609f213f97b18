'use client'
/** The support bundle, as the pages ask for it. Everything rejects with a `ProblemError`. */
import { type BundleOrder, type BundleSizes, bundleSizes } from '#lib/api/bundle.ts'
import { getJson, postForBytes } from './request.ts'

export const fetchBundleSizes = (since: number | undefined, signal: AbortSignal): Promise<BundleSizes> =>
  getJson(`/api/bundle${since === undefined ? '' : `?since=${since}`}`, bundleSizes, signal)

export const makeBundle = (order: BundleOrder): Promise<Blob> => postForBytes('/api/bundle', order)
