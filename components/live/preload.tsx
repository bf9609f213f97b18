'use client'
import { useEffect } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { prepareReader } from '#components/diagnose/ask/reader.ts'
import { keysDialog, palette } from '#components/shell/dialogs.ts'
import { whyDialog } from '#components/why/why-host.tsx'
import { alertsDialog, closeDialog, copyAsDialog, pagePingsDialog } from './connections/dialogs.ts'
import { throughDialog } from './through/ask-through.ts'

const parts = [
  whyDialog,
  throughDialog,
  alertsDialog,
  closeDialog,
  copyAsDialog,
  pagePingsDialog,
  palette,
  keysDialog,
]
/** Between the second and the third page ping of a watched heartbeat, so that it slows none of them down. */
const settledMs = 3000

/**
 * Once something is open and the first beats have come, fetches what a click may ask for later: by then the
 * server of this page may be the one that died.
 */
export function Preload() {
  const isUsed = useLive((live) => live.connectionIds.length > 0)
  useEffect(() => {
    if (!isUsed) return
    const timer = setTimeout(() => void loadAll(), settledMs)
    return () => clearTimeout(timer)
  }, [isUsed])
  return null
}

/** One after the other: together they would hold the page up. A failure is for the dialog to tell, once it is opened. */
async function loadAll(): Promise<void> {
  for (const part of parts) await part.load().catch(() => {})
  // Last, since it is the largest, and in a thread of its own.
  prepareReader()
}
