'use client'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { toggleChartPause, viewState } from '#components/core/view-state.ts'
import { isPlainKey } from '#components/shell/hotkeys.tsx'
import { Button } from '#components/ui/button.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { ExportButtons } from './export-buttons.tsx'
import { IdleRuler } from './ruler.tsx'
import { HeartbeatStage } from './stage.tsx'

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
      note="RTT, ms"
      className={className}
      actions={
        <>
          {id !== null && <ExportButtons id={id} minutes={Number(minutes)} />}
          <Segmented label="Window" options={windows} value={minutes} onChange={setMinutes} />
          <Button aria-pressed={paused} onClick={toggleChartPause}>
            {paused ? 'Resume' : 'Pause'}{' '}
            <span className="contents lg:max-wide:hidden">
              <KeyHint>space</KeyHint>
            </span>
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

/** Space pauses the chart wherever one stands. */
function PauseKey() {
  useEffect(() => {
    const undo = new AbortController()
    const onKeyDown = (event: KeyboardEvent) => {
      // A focused control is pressed by space: the chart takes it only where nothing else would.
      const onControl =
        event.target instanceof HTMLElement &&
        event.target.closest('button:not([data-row-button]), a, input, summary, [role=dialog]')
      if (event.key !== ' ' || !isPlainKey(event) || onControl) return
      toggleChartPause()
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [])
  return null
}

const minutesOf = { 1: 1, 5: 5, 15: 15, 60: 60 } as const
type Minutes = `${keyof typeof minutesOf}`

const parameter = parseAsStringLiteral(['1', '5', '15', '60'] as const satisfies readonly Minutes[])

/** The chart's window in minutes: the address says it, else the choice of the last visit. */
function useChartWindow(): [minutes: Minutes, choose: (minutes: Minutes) => void] {
  const [linked, setLinked] = useQueryState('window', parameter)
  const kept = useLive((live) => live.preferences.settings.chartWindowMinutes)
  const choose = (minutes: Minutes) => {
    void setLinked(minutes)
    liveActions.changeSettings({ chartWindowMinutes: minutesOf[minutes] })
  }
  return [linked ?? `${kept}`, choose]
}
