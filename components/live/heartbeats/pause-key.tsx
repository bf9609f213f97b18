'use client'
import { useEffect } from 'react'
import { toggleChartPause } from '#components/live/view-state.ts'
import { isPlainKey } from '#components/shell/hotkeys.tsx'

/** Space pauses the chart wherever one stands. */
export function PauseKey() {
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
