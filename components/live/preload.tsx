'use client'
import { useEffect } from 'react'
import { keysDialog, palette } from '#components/shell/dialogs.ts'
import { closeDialog, copyAsDialog, pagePingsDialog } from './connections/dialogs.ts'
import { useLive } from './live-core.ts'

const parts = [closeDialog, copyAsDialog, pagePingsDialog, palette, keysDialog]
const settledMs = 4000

/**
 * Once something is open and the first beats have come, fetches what a click may ask for later: by then the
 * server of this page may be the one that died.
 */
export function Preload() {
  const isUsed = useLive((live) => live.connectionIds.length > 0)
  useEffect(() => {
    if (!isUsed) return
    const timer = setTimeout(() => {
      // A failure is for the dialog to tell, once somebody opens it.
      for (const part of parts) part.load().catch(() => {})
    }, settledMs)
    return () => clearTimeout(timer)
  }, [isUsed])
  return null
}
