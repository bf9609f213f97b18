import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { StoredReportIsland } from '#components/diagnose/report/stored-report-island.tsx'
import { Trail } from '#components/playbook/trail.tsx'
import { reportMetadata } from '#components/reports/report-metadata.ts'

export async function generateMetadata(): Promise<Metadata> {
  return reportMetadata(await headers())
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <div className="mx-auto flex max-w-[87.5rem] vast:max-w-[100rem] flex-col gap-3">
      <h1 className="sr-only">Report</h1>
      <Trail steps={[{ href: '/reports', label: 'Reports' }]} />
      <StoredReportIsland id={id} />
    </div>
  )
}
