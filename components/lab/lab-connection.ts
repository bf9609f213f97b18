'use client'
import { liveActions } from '#components/core/live-core.ts'
import { labPath } from '#lib/lab/address.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import { ownEndpointOf } from '#lib/protocol/own-endpoint.ts'
import type { ConnectionId, PagePings } from '#lib/store/connection/connection.ts'

export interface LabOpening {
  fault: FaultId
  /** Those left out are at their default. */
  knobs?: Readonly<Record<string, string | number>>
  /** What is left out is what the fault's definition opens so that the fault shows. */
  endpoint?: string
  query?: Readonly<Record<string, string>>
  subprotocols?: readonly string[]
  /** The definition's own by default, mostly off: they are traffic, and keep alive what should be cut. */
  pagePings?: PagePings
}

/** The address of an endpoint behind a fault of this server, without a trace. */
export function labUrl({ fault, knobs, ...opening }: LabOpening): string {
  const { open } = faultOf(fault)
  const path = labPath(fault, opening.endpoint ?? open.endpoint, knobs, opening.query ?? open.query)
  return `${location.origin.replace(/^http/, 'ws')}${path}`
}

/**
 * Opens a connection through a fault in the live core, so that it stands on the Live page and in `Instruments`.
 * It is forgotten at the end of the visit; `liveActions.remove(id)` closes and forgets it before.
 */
export function openThroughFault(opening: LabOpening): ConnectionId {
  return liveActions.open({ url: labUrl(opening), ...experiment(opening) })
}

/** The address of the same endpoint behind a real proxy. @param proxyUrl its scheme and authority */
export function behindProxyUrl(proxyUrl: string, { fault, endpoint, query }: LabOpening): string {
  const { open } = faultOf(fault)
  const search = new URLSearchParams(query ?? open.query).toString()
  return `${proxyUrl}${endpoint ?? open.endpoint}${search && `?${search}`}`
}

/** Opens it as `openThroughFault` does, through a real proxy that was started for the fault. */
export function openThroughProxy(proxyUrl: string, opening: LabOpening): ConnectionId {
  const endpoint = opening.endpoint ?? faultOf(opening.fault).open.endpoint
  return liveActions.open({
    url: behindProxyUrl(proxyUrl, opening),
    endpoint: ownEndpointOf(endpoint) ?? undefined,
    ...experiment(opening),
  })
}

function experiment({ fault, subprotocols, pagePings }: LabOpening) {
  const { open } = faultOf(fault)
  const seconds = open.page_pings_seconds
  const usual: PagePings =
    seconds === undefined ? { mode: 'off' } : { mode: 'every', intervalMs: seconds * 1000 }
  return {
    subprotocols: subprotocols ?? open.subprotocols ?? [],
    pagePings: pagePings ?? usual,
    autoReconnect: false,
    remember: false,
  }
}
