import type { Metadata } from 'next'
import { formatMs } from '#components/ui/format.ts'
import type { ReportSummary } from '#lib/api/reports.ts'
import { readShownReport, shownReportHeader } from '#lib/api/shown-report.ts'
import { verdictTitle } from '#lib/diagnosis/verdict-title.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

/** The title and the card of a report: both carry the verdict. @param headers of the request */
export function reportMetadata(headers: Pick<Headers, 'get'>): Metadata {
  const robots = { index: false }
  const report = readShownReport(headers.get(shownReportHeader))
  if (report === undefined) return { title: 'Report', robots }
  const title = verdictTitle(report)
  const description = descriptionOf(report)
  const alt = `${report.outcome}: ${title}`
  const image = { url: `${originOf(headers)}/api/reports/${report.id}.png`, width: 1200, height: 630, alt }
  return {
    title,
    description,
    robots,
    openGraph: { title, description, type: 'article', siteName: 'why1006', images: [image] },
    twitter: { card: 'summary_large_image', title, description, images: [image] },
  }
}

function descriptionOf({
  outcome,
  cause,
  certainty,
  so_far: soFar,
  watched_ms: watched,
}: ReportSummary): string {
  const symptom = outcome === 'fault' && cause !== undefined ? causeOf(cause)?.symptom : undefined
  const facts = [
    soFar ? 'ok so far' : outcome,
    outcome === 'fault' && certainty,
    watched !== undefined && `watched for ${formatMs(watched)}`,
  ]
  const state = `${facts.filter(Boolean).join(', ')}.`
  return [state, symptom?.replaceAll('`', '')].filter(Boolean).join(' ')
}

function originOf(headers: Pick<Headers, 'get'>): string {
  const scheme = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return `${scheme}://${headers.get('host') ?? 'localhost'}`
}
