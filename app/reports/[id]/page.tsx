import type { Metadata } from 'next'
import { StoredReportIsland } from '#components/diagnose/report/stored-report-island.tsx'

export const metadata: Metadata = { title: 'Report' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <div className="mx-auto flex max-w-[1400px] flex-col gap-3">
      <h1 className="sr-only">Report</h1>
      <StoredReportIsland id={id} />
    </div>
  )
}
