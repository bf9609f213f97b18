'use client'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { ConnectionPanel } from '#components/live/connections/connection-panel.tsx'
import { Instruments } from '#components/live/instruments.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { benchGrid } from './bench-grid.ts'
import { ProxyPanel } from './proxy-panel.tsx'
import { leaveRun, runStore } from './run.ts'
import { SettingsPanel } from './settings-panel.tsx'
import { useSettings } from './use-settings.ts'
import { VerdictPanel } from './verdict-panel.tsx'

/** Where a fault is tried: its knobs, the verdict, and the Live page's instruments on the connection. */
export function Bench({ fault }: { fault: FaultId }) {
  const settings = useSettings(fault)
  const run = useStore(runStore)
  const running = run.status === 'running' && run.fault === fault ? run : null
  const experiment = running?.experiment ?? null
  const id = useExperiment(experiment, ({ ids }) => ids[0] ?? null)
  useEffect(() => {
    // What runs on the server for this page ends with it, also when the tab is closed.
    window.addEventListener('pagehide', leaveRun)
    return () => {
      window.removeEventListener('pagehide', leaveRun)
      leaveRun()
    }
  }, [])
  const beside = useShown(id)
  return (
    <div className="flex flex-col gap-3">
      <div className={benchGrid.top}>
        <SettingsPanel fault={fault} settings={settings} className={benchGrid.settings} />
        <div ref={beside} className={benchGrid.beside}>
          <div className={benchGrid.outcome}>
            <ConnectionPanel
              id={id}
              empty={<Empty>{faultOf(fault).sees}</Empty>}
              className={benchGrid.connection}
            />
            <VerdictPanel experiment={experiment} className={benchGrid.verdict} />
          </div>
        </div>
      </div>
      {running?.proxy && <ProxyPanel proxy={running.proxy} />}
      <Instruments connectionId={id} connection={false} />
    </div>
  )
}

/** Brings what happens into view once it begins, where it stands below the settings: on a phone. */
function useShown(id: ConnectionId | null) {
  const part = useRef<HTMLDivElement>(null)
  const began = useRef(id)
  useEffect(() => {
    if (id === null || id === began.current) return
    began.current = id
    const top = part.current?.getBoundingClientRect().top ?? 0
    if (top > window.innerHeight / 2) part.current?.scrollIntoView({ block: 'start' })
  }, [id])
  return part
}
