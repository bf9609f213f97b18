import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { type FaultId, faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import { BenchIsland } from './bench-island.tsx'
import { FaultIndex } from './fault-index.tsx'
import { FaultNav } from './fault-nav.tsx'

const failing = faultIds.filter((id) => faultOf(id).shows.outcome !== 'healthy')

/** The Lab: all faults, or the one that the address asks for with everything to try it. */
export function LabPage({ asked }: { asked: string | undefined }) {
  if (asked !== undefined && isFaultId(asked)) return <FaultPage id={asked} />
  return (
    <div className="mx-auto flex max-w-[1200px] flex-col gap-4">
      <header>
        <h1 className="text-title font-semibold">Lab</h1>
        <p className="max-w-[84ch] text-soft">
          {failing.length} ways in which a connection fails, each done for real to the bytes between your
          browser and this server. Only the connection that asks for a fault gets it.
        </p>
        {asked !== undefined && (
          <p role="alert" className="mt-2 text-dead">
            There is no fault “{asked.slice(0, 60)}”. These are there:
          </p>
        )}
      </header>
      <FaultIndex />
    </div>
  )
}

function FaultPage({ id }: { id: FaultId }) {
  const { title, says, met } = faultOf(id)
  return (
    <div className="grid gap-x-5 wide:grid-cols-[196px_minmax(0,1fr)]">
      <FaultNav current={id} />
      <div className="flex min-w-0 flex-col gap-3">
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h1 className="text-title font-semibold">{title}</h1>
            <p className="max-w-[100ch]">{says}</p>
            <p className="max-w-[100ch] text-soft">In the field: {met}</p>
          </div>
          <Link href="/lab" className={buttonClass('plain', 'medium')}>
            All faults
          </Link>
        </header>
        <BenchIsland key={id} fault={id} />
      </div>
    </div>
  )
}
