'use client'
import { useEffect } from 'react'
import { live } from '#components/core/live-core.ts'
import { useSelect, useSelectedId } from '#components/core/selection.ts'
import { isPlainKey } from '#components/shell/hotkeys.tsx'

/** The keys of the Live page's list: j and k move through the connections. */
export function LiveKeys() {
  const selected = useSelectedId()
  const select = useSelect()
  useEffect(() => {
    const undo = new AbortController()
    const move = (step: number) => {
      const ids = live.store.getState().connectionIds
      const at = selected === null ? -1 : ids.indexOf(selected)
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + step))]
      if (next === undefined) return
      select(next)
      document.querySelectorAll<HTMLElement>('[data-row-button]')[ids.indexOf(next)]?.focus()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return
      if (event.key === 'j') move(1)
      else if (event.key === 'k') move(-1)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [selected, select])
  return null
}
