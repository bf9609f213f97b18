'use client'
/** The report that is on the screen, for what acts on it from elsewhere: the palette. */
import { useEffect } from 'react'
import { createStore } from 'zustand/vanilla'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'

export const shownReport = createStore<{ readonly current: StoredReport | null }>(() => ({ current: null }))

/** For as long as the calling component is there. */
export function useShownReport(stored: StoredReport): void {
  useEffect(() => {
    shownReport.setState({ current: stored })
    return () => shownReport.setState({ current: null })
  }, [stored])
}
