import type { Metadata } from 'next'
import { ReportListIsland } from '#components/reports/report-list-island.tsx'

export const metadata: Metadata = { title: 'Reports' }

export default function Page() {
  return (
    <div className="mx-auto max-w-[1800px]">
      <h1 className="sr-only">Reports</h1>
      <ReportListIsland />
    </div>
  )
}
