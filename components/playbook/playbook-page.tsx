import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { stages } from './stage-names.ts'
import { StagePanel } from './stage-panel.tsx'
import { SymptomTable } from './symptom-table.tsx'

/** The playbook's front page: from a symptom to its causes, then every cause by the stage where it strikes. */
export function PlaybookPage() {
  return (
    <div className="mx-auto flex max-w-[1200px] flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-title font-semibold">Playbook</h1>
          <p className="text-soft">Why a WebSocket fails, how to be sure, and what mends it.</p>
        </div>
        <nav aria-label="More of the playbook" className="flex gap-2">
          <Link href="/playbook/checklist" className={buttonClass('plain', 'medium')}>
            Checklist
          </Link>
          <Link href="/playbook/codes" className={buttonClass('plain', 'medium')}>
            Close codes
          </Link>
        </nav>
      </header>
      <SymptomTable />
      <section aria-labelledby="every-cause">
        <h2 id="every-cause" className="mb-3 text-lead font-semibold">
          Every cause <span className="font-normal text-faint">{catalogue.length}, by stage</span>
        </h2>
        <div className="gap-3 md:columns-2 wide:columns-3">
          {stages.map((stage) => (
            <StagePanel key={stage} stage={stage} />
          ))}
        </div>
      </section>
    </div>
  )
}
