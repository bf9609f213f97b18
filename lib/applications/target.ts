/** Protocols above WebSocket whose clients open another URL than the address that people know. */
import { openingOf } from '#lib/applications/opens.ts'
import { type Address, type GoodAddress, readAddress, withUrl } from '#lib/protocol/address.ts'

export type GoodTarget = GoodAddress & {
  /** The address itself, where its client opens another. */
  readonly asked?: string
}

export type Target = GoodTarget | Exclude<Address, GoodAddress>

/**
 * The one reading of what a person typed, whether it is opened, probed, checked or watched.
 * @param pageOrigin of the page where it was typed; on a command line there is none
 */
export function understandTarget(typed: string, pageOrigin?: string): Target {
  const address = readAddress(typed, pageOrigin)
  const opening = address.ok ? openingOf(new URL(address.url)) : undefined
  if (!address.ok || opening === undefined) return address
  return {
    ...withUrl(address, opening.url, pageOrigin),
    notes: [...address.notes, { id: 'application', says: opening.says }],
    asked: address.url,
  }
}
