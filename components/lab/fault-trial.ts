'use client'
/** A trial that leads through a fault: of the relay inside the server, or of a real proxy that was started for it. */
import { live, liveActions } from '#components/core/live-core.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { openTrial, type Trial } from '#components/experiment/trial.ts'
import type { RunningProxy } from '#lib/api/lab.ts'
import { labPath } from '#lib/lab/address.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import { ownEndpointOf } from '#lib/protocol/own-endpoint.ts'
import { createTrace } from '#lib/store/connection/trace.ts'

export interface LabOpening {
  fault: FaultId
  /** Those left out are at their default. */
  knobs?: Readonly<Record<string, string | number>>
  /** What is left out is what the fault's definition opens so that the fault shows. */
  endpoint?: string
  query?: Readonly<Record<string, string>>
}

/** The address of an endpoint behind a fault, without a trace. @param proxyUrl scheme and authority; null: the relay */
export function faultUrl({ fault, knobs, ...opening }: LabOpening, proxyUrl: string | null): string {
  const { open } = faultOf(fault)
  const { endpoint = open.endpoint, query = open.query } = opening
  if (proxyUrl === null) {
    return `${location.origin.replace(/^http/, 'ws')}${labPath(fault, endpoint, knobs, query)}`
  }
  const search = new URLSearchParams(query).toString()
  return `${proxyUrl}${endpoint}${search && `?${search}`}`
}

/** Connections that name the same group end together: each trial gets a group that nobody else names. */
export function ofItsOwn(opening: LabOpening): LabOpening {
  const { knobs } = faultOf(opening.fault)
  if (knobs.group === undefined || opening.knobs?.group !== undefined) return opening
  return { ...opening, knobs: { ...opening.knobs, group: createTrace(Math.random) } }
}

export interface FaultTrial {
  readonly trial: Trial
  /** What was opened, as the probe can open it too. */
  readonly url: string
  readonly subprotocols: readonly string[]
}

/**
 * Opens it in the live core, with its companions, so that all of them stand on the Live page and in `Instruments`.
 * They are forgotten at the end of the visit.
 */
export function openFault(opening: LabOpening, proxy: RunningProxy | null): FaultTrial {
  const { open } = faultOf(opening.fault)
  const { endpoint = open.endpoint } = opening
  const url = faultUrl(opening, proxy?.url ?? null)
  const subprotocols = open.subprotocols ?? []
  const seconds = open.page_pings_seconds
  const trial = openTrial({
    core: live,
    recorder,
    companions: open.companions && {
      count: open.companions.count,
      everyMs: open.companions.every_seconds * 1000,
    },
    open: () =>
      liveActions.open({
        url,
        // The address of a real proxy does not tell which endpoint is behind it.
        endpoint: proxy === null ? undefined : (ownEndpointOf(endpoint) ?? undefined),
        subprotocols,
        // Mostly off: they are traffic, and keep alive what should be cut.
        pagePings: seconds === undefined ? { mode: 'off' } : { mode: 'every', intervalMs: seconds * 1000 },
        autoReconnect: false,
        remember: false,
      }),
  })
  return { trial, url, subprotocols }
}
