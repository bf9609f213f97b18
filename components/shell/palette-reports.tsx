'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { fetchReports } from '#components/api/reports.ts'
import type { ReportSummary } from '#lib/api/reports.ts'
import { PaletteItem } from './palette-item.tsx'

const mostShown = 8

/** The reports that this server kept last, newest first. None where it does not answer: the page says that by itself. */
export function ReportsGroup({ then }: { then: (act: () => void) => () => void }) {
  const router = useRouter()
  const [reports, setReports] = useState<readonly ReportSummary[]>([])
  useEffect(() => {
    let gone = false
    fetchReports(mostShown).then(
      (found) => !gone && setReports(found),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [])
  if (reports.length === 0) return null
  return (
    <Command.Group heading="Recent reports">
      {reports.map((report) => (
        <PaletteItem
          key={report.id}
          value={`report ${wordsOf(report)} ${report.url ?? ''} ${report.id}`}
          onSelect={then(() => router.push(`/reports/${report.id}`))}
        >
          <span className="shrink-0">{wordsOf(report)}</span>
          <span className="figures truncate">{report.url ?? 'no URL'}</span>
        </PaletteItem>
      ))}
    </Command.Group>
  )
}

/** An undetermined report names no cause: the first of several is no verdict. */
function wordsOf({ outcome, cause, so_far: soFar }: ReportSummary): string {
  if (soFar) return 'ok so far'
  return outcome === 'fault' && cause !== undefined ? cause.replaceAll('-', ' ') : outcome
}
