import type { Metadata } from 'next'
import { WorkbenchIsland } from '#components/diagnose/workbench-island.tsx'

export const metadata: Metadata = { title: 'Diagnose' }

export default function Page() {
  return (
    <div className="mx-auto max-w-[87.5rem] vast:max-w-[100rem]">
      <h1 className="sr-only">Diagnose</h1>
      <WorkbenchIsland />
    </div>
  )
}
