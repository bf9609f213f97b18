'use client'
import { startProxy, stopProxy } from '#components/api/lab.ts'
import { liveActions } from '#components/core/live-core.ts'
import {
  type LabOpening,
  labUrl,
  openThroughFault,
  openThroughProxy,
} from '#components/lab/lab-connection.ts'
import type { RunningProxy } from '#lib/api/lab.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import type { Undo } from '#lib/scenarios/run/ports.ts'
import type { Attempt, Hop } from '#lib/scenarios/run/run-state.ts'
import type { Setup } from '#lib/scenarios/scenario.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { createTrace } from '#lib/store/connection/trace.ts'

export interface Opener {
  open(setup: Setup, hop: Hop, opened: (attempt: Attempt) => void): Promise<Undo>
  stopProxies(): void
}

/** What a step asks for, in the live core: the connections stand on the Live page too. */
export function createOpener(): Opener {
  const proxies = createProxies()
  return {
    async open(setup, hop, opened) {
      if (setup.via === 'url') return openUrl(setup.url({ origin: location.origin }), opened)
      const opening = ofItsOwn(setup)
      if (hop === 'simulated') {
        const subject = { url: labUrl(opening), subprotocols: [], hop: null }
        return openAll(opening.fault, () => openThroughFault(opening), subject, opened)
      }
      const proxy = await proxies.start(hop, opening)
      const subject = { url: urlThrough(proxy, opening), subprotocols: [], hop: proxy }
      return openAll(opening.fault, () => openThroughProxy(proxy.url, opening), subject, opened)
    },
    stopProxies: proxies.stop,
  }
}

function openUrl(url: string, opened: (attempt: Attempt) => void): Undo {
  const id = liveActions.open({ url, pagePings: { mode: 'off' }, autoReconnect: false, remember: false })
  opened({ ids: [id], url, subprotocols: [], hop: null })
  return () => liveActions.remove(id)
}

/** The connection, and one after the other those that it is compared with. */
function openAll(
  fault: FaultId,
  open: () => ConnectionId,
  subject: Omit<Attempt, 'ids'>,
  opened: (attempt: Attempt) => void,
): Undo {
  const { count, every_seconds } = faultOf(fault).open.companions ?? { count: 0, every_seconds: 1 }
  let ids: readonly ConnectionId[] = []
  const openNext = () => {
    ids = [...ids, open()]
    opened({ ...subject, ids })
    if (ids.length > count) clearInterval(timer)
  }
  const timer = setInterval(openNext, every_seconds * 1000)
  openNext()
  return () => {
    clearInterval(timer)
    for (const id of ids) liveActions.remove(id)
  }
}

/** Connections that name the same group end together: each attempt gets a group that nobody else names. */
function ofItsOwn({ fault, knobs, query }: Extract<Setup, { via: 'lab' }>): LabOpening {
  const group = faultOf(fault).knobs.group !== undefined && { group: createTrace(Math.random) }
  return { fault, knobs: { ...knobs, ...group }, ...(query && { query }) }
}

function urlThrough({ url }: RunningProxy, { fault, query }: LabOpening): string {
  const { endpoint, query: usual } = faultOf(fault).open
  const search = new URLSearchParams(query ?? usual).toString()
  return `${url}${endpoint}${search && `?${search}`}`
}

/** The real proxies of one run. The same one serves again where nothing of its configuration changes. */
function createProxies() {
  const running = new Map<string, RunningProxy & { endsAt: number }>()
  return {
    async start(kind: RealProxyKind, { fault, knobs }: LabOpening): Promise<RunningProxy> {
      const key = JSON.stringify([kind, fault, knobs])
      const known = running.get(key)
      if (known && known.endsAt > performance.now()) return known
      const proxy = await startProxy({ proxy: kind, fault, knobs })
      running.set(key, { ...proxy, endsAt: performance.now() + proxy.lifetime_seconds * 1000 })
      return proxy
    },
    stop: () => {
      for (const { id } of running.values()) stopProxy(id)
      running.clear()
    },
  }
}
