/** What a check is: a question about this server or the way to it, which answers itself. */
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'
import type { Probed } from '#server/checklist/probed.ts'
import type { Config } from '#server/config/config.ts'
import type { Site } from '#server/config/site.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { AddressPolicy } from '#server/probe/address-guard.ts'

export interface CheckContext {
  readonly config: Config
  readonly site: Site
  readonly endpoints: readonly Endpoint[]
  readonly journal: Journal
  /** The addresses that were bound, as a URL writes them. */
  readonly addresses: readonly string[]
  readonly ownServer: { readonly host: string; readonly port: number }
  /** What the person gave: the URL through the proxy, and the origin of their page. */
  readonly url: string | undefined
  readonly origin: string | undefined
  /** What may be probed for whoever asks; undefined where nothing may. */
  readonly policy: AddressPolicy | undefined
}

/** What a check may look at; the probe runs when the first check asks for it. */
export interface CheckTools extends CheckContext {
  readonly probed: () => Promise<Probed>
}

export interface Finding {
  readonly outcome: CheckOutcome
  readonly says: string
  readonly facts?: ChecklistItem['facts']
}

export interface Check {
  readonly id: string
  readonly part: ChecklistItem['part']
  readonly title: string
  /** Commands of the playbook that look at the same. */
  readonly commands: readonly string[]
  readonly run: (tools: CheckTools) => Finding | Promise<Finding>
}

export const ok = (says: string, facts?: ChecklistItem['facts']): Finding => finding('ok', says, facts)
export const warning = (says: string, facts?: ChecklistItem['facts']): Finding =>
  finding('warning', says, facts)
export const problem = (says: string, facts?: ChecklistItem['facts']): Finding =>
  finding('problem', says, facts)
export const unknown = (says: string, facts?: ChecklistItem['facts']): Finding =>
  finding('unknown', says, facts)

const finding = (outcome: CheckOutcome, says: string, facts?: ChecklistItem['facts']): Finding => ({
  outcome,
  says,
  ...(facts && { facts }),
})

/** What a check says of a URL that was not probed. */
export const notProbed = (probed: Exclude<Probed, { status: 'seen' }>): Finding =>
  unknown(
    probed.status === 'refused'
      ? probed.says
      : 'Run the checks with the URL that your pages open to find out.',
  )
