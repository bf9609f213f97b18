'use client'
import { startProxy, stopProxy } from '#components/api/lab.ts'
import { live, liveActions } from '#components/core/live-core.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { openTrial, type Trial } from '#components/experiment/trial.ts'
import { type LabOpening, ofItsOwn, openFault } from '#components/lab/fault-trial.ts'
import type { RunningProxy } from '#lib/api/lab.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import type { Undo } from '#lib/scenarios/run/ports.ts'
import type { Hop, Opening } from '#lib/scenarios/run/run-state.ts'
import type { Setup } from '#lib/scenarios/scenario.ts'

export interface Opener {
  open(setup: Setup, hop: Hop, opened: (opening: Opening) => void): Promise<Undo>
  stopProxies(): void
}

/** What a step asks for, in the live core: the connections stand on the Live page too. */
export function createOpener(): Opener {
  const proxies = createProxies()
  return {
    async open(setup, hop, opened) {
      if (setup.via === 'url') {
        const url = setup.url({ origin: location.origin })
        return follow(openUrl(url), { url, subprotocols: [], hop: null }, opened)
      }
      const { via: _, ...asked } = setup
      const opening = ofItsOwn(asked)
      const proxy = hop === 'simulated' ? null : await proxies.start(hop, opening)
      const { trial, url, subprotocols } = openFault(opening, proxy)
      return follow(trial, { url, subprotocols, hop: proxy }, opened)
    },
    stopProxies: proxies.stop,
  }
}

const openUrl = (url: string): Trial =>
  openTrial({
    core: live,
    recorder,
    open: () => liveActions.open({ url, pagePings: { mode: 'off' }, autoReconnect: false, remember: false }),
  })

/** Tells of the first connection at once, and of each further one. */
function follow(trial: Trial, subject: Omit<Opening, 'ids'>, opened: (opening: Opening) => void): Undo {
  let told: Opening['ids'] | null = null
  const tell = () => {
    if (trial.ids() === told) return
    told = trial.ids()
    opened({ ...subject, ids: told })
  }
  const unsubscribe = trial.subscribe(tell)
  tell()
  return () => {
    unsubscribe()
    trial.forget()
  }
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
