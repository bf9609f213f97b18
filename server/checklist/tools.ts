/** What the checks of this server may look at, and one probe of the URL that was given, however many look at it. */

import type { CheckId } from '#lib/checklist/checks.ts'
import { type CheckResult, unknown } from '#lib/checklist/result.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Check } from '#server/checklist/check.ts'
import type { Config } from '#server/config/config.ts'
import type { Site } from '#server/config/site.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import type { Journal } from '#server/journal/journal.ts'
import { probe } from '#server/probe/probe.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import type { Judge } from '#server/reports/judge.ts'

/** A question about this server or the URL that it is given. */
export interface InsideCheck extends Check<CheckTools> {
  readonly id: CheckId
}

export interface CheckContext {
  readonly config: Config
  readonly site: Site
  readonly endpoints: readonly Endpoint[]
  readonly journal: Journal
  readonly judge: Pick<Judge, 'judge'>
  /** The addresses that were bound, as a URL writes them. */
  readonly addresses: readonly string[]
  readonly ownServer: { readonly host: string; readonly port: number }
  /** The access token of this server, which it shows itself: behind a trusted proxy nobody is plainly at this machine. */
  readonly token: string | undefined
  /** What was given: the URL through the proxy, and the origin of the page that opens it. */
  readonly url: string | undefined
  readonly origin: string | undefined
  /** What may be probed for whoever asks; undefined where nothing may. */
  readonly policy: AddressPolicy | undefined
}

/** What a check may look at; the probe runs when the first check asks for it. */
export interface CheckTools extends CheckContext {
  readonly probed: () => Promise<Probed>
}

export type Probed =
  | { readonly status: 'not-asked' }
  /** The URL or the origin cannot be read, or may not be probed. */
  | { readonly status: 'refused'; readonly says: string }
  | { readonly status: 'seen'; readonly evidence: Evidence }

/** @returns what probes when it is first called, and answers with the same from then on */
export function probeOnce({
  url,
  origin,
  policy,
}: Pick<CheckContext, 'url' | 'origin' | 'policy'>): () => Promise<Probed> {
  let probed: Promise<Probed> | undefined
  return () => {
    probed ??=
      url === undefined || policy === undefined
        ? Promise.resolve({ status: 'not-asked' })
        : probeUrl(url, origin, policy)
    return probed
  }
}

/** One attempt. @param origin null for none; undefined for that of the URL's own host */
export async function probeUrl(
  url: string,
  origin: string | null | undefined,
  policy: AddressPolicy,
): Promise<Probed> {
  try {
    const options = { retries: false, ...(origin !== undefined && { origin }) }
    return { status: 'seen', evidence: await probe(url, options, { policy }) }
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    return { status: 'refused', says: error.message }
  }
}

/** What a check says of a URL that was not probed. */
export const notProbed = (probed: Exclude<Probed, { status: 'seen' }>): CheckResult =>
  unknown(probed.status === 'refused' ? probed.says : 'Run the checks with the URL that your page opens.')
