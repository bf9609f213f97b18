'use client'
import { useStore } from 'zustand'
import { liveActions, useLive } from '#components/live/live-core.ts'
import { useSelectedId } from '#components/live/selection.ts'
import { toggleChartPause, viewState } from '#components/live/view-state.ts'
import { Button } from '#components/ui/button.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { IdleRuler } from './ruler.tsx'
import { HeartbeatStage } from './stage.tsx'

const windows = [
  { value: '1', label: '1 min' },
  { value: '5', label: '5', name: '5 min' },
  { value: '15', label: '15', name: '15 min' },
  { value: '60', label: '1 h' },
] as const

/** The region "Heartbeats": round trips over time, and the idle timers that the silence runs into. */
export function HeartbeatsPanel({ className }: { className?: string }) {
  const minutes = useLive((live) => live.preferences.settings.chartWindowMinutes)
  const paused = useStore(viewState, (view) => view.chartPaused)
  const selected = useSelectedId()
  return (
    <Panel
      title="Heartbeats"
      note="round trip, ms"
      className={className}
      actions={
        <>
          <Segmented
            label="Window"
            options={windows}
            value={`${minutes}`}
            onChange={(value) => liveActions.changeSettings({ chartWindowMinutes: windowOf(value) })}
          />
          <Button aria-pressed={paused} onClick={toggleChartPause}>
            {paused ? 'Resume' : 'Pause'} <KeyHint>space</KeyHint>
          </Button>
        </>
      }
    >
      <HeartbeatStage selected={selected} minutes={minutes} paused={paused} />
      <IdleRuler id={selected} />
    </Panel>
  )
}

function windowOf(value: '1' | '5' | '15' | '60'): 1 | 5 | 15 | 60 {
  return ({ 1: 1, 5: 5, 15: 15, 60: 60 } as const)[value]
}
