'use client'
import { useStore } from 'zustand'
import { toggleChartPause, viewState } from '#components/live/view-state.ts'
import { Button } from '#components/ui/button.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { PauseKey } from './pause-key.tsx'
import { IdleRuler } from './ruler.tsx'
import { HeartbeatStage } from './stage.tsx'
import { useChartWindow } from './use-chart-window.ts'

const windows = [
  { value: '1', label: '1 min' },
  { value: '5', label: '5', name: '5 min' },
  { value: '15', label: '15', name: '15 min' },
  { value: '60', label: '1 h' },
] as const

/** The region "Heartbeats": round trips over time, and the idle timers that the silence runs into. */
export function HeartbeatsPanel({ id, className }: { id: ConnectionId | null; className?: string }) {
  const [minutes, setMinutes] = useChartWindow()
  const paused = useStore(viewState, (view) => view.chartPaused)
  return (
    <Panel
      title="Heartbeats"
      note="round trip, ms"
      className={className}
      actions={
        <>
          <Segmented label="Window" options={windows} value={minutes} onChange={setMinutes} />
          <Button aria-pressed={paused} onClick={toggleChartPause}>
            {paused ? 'Resume' : 'Pause'} <KeyHint>space</KeyHint>
          </Button>
        </>
      }
    >
      <PauseKey />
      <HeartbeatStage selected={id} minutes={Number(minutes)} paused={paused} />
      <IdleRuler id={id} />
    </Panel>
  )
}
