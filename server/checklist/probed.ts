/** One probe of the URL that the person gave, however many checks look at it. */
import type { Evidence } from '#lib/evidence/schema.ts'
import type { AddressPolicy } from '#server/probe/address-guard.ts'
import { probe } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

export type Probed =
  | { readonly status: 'not-asked' }
  /** The URL or the origin cannot be read, or may not be probed. */
  | { readonly status: 'refused'; readonly says: string }
  | { readonly status: 'seen'; readonly evidence: Evidence }

interface Wanted {
  readonly url: string | undefined
  readonly origin: string | undefined
  /** Undefined where nothing may be probed. */
  readonly policy: AddressPolicy | undefined
}

/** @returns what probes when it is first called, and answers with the same from then on */
export function probeOnce({ url, origin, policy }: Wanted): () => Promise<Probed> {
  let probed: Promise<Probed> | undefined
  return () => {
    probed ??=
      url === undefined || policy === undefined
        ? Promise.resolve({ status: 'not-asked' })
        : probeUrl(url, origin, policy)
    return probed
  }
}

async function probeUrl(url: string, origin: string | undefined, policy: AddressPolicy): Promise<Probed> {
  try {
    const options = { retries: false, ...(origin !== undefined && { origin }) }
    return { status: 'seen', evidence: await probe(url, options, { policy }) }
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    return { status: 'refused', says: error.message }
  }
}
