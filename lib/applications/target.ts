/** Protocols above WebSocket whose clients open another URL than the address that people know. */
import type { Application } from '#lib/applications/application.ts'
import { isSpoken, recognize } from '#lib/applications/recognize.ts'
import { type Address, type GoodAddress, readAddress, withUrl } from '#lib/protocol/address.ts'

export type GoodTarget = GoodAddress & {
  /** The protocol that nothing but this address shows; absent for any other. */
  readonly application?: Application
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
  if (!address.ok) return address
  const url = new URL(address.url)
  const found = recognize({ url })
  if (found === undefined || !isSpoken(found.by)) return address
  const { application } = found
  const opened = application.opens?.(url)
  if (opened === undefined) return { ...address, application }
  return {
    ...withUrl(address, opened.url, pageOrigin),
    notes: [...address.notes, { id: 'application', says: opened.says }],
    application,
    asked: address.url,
  }
}
