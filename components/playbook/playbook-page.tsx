import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { catalogue } from '#lib/playbook/catalogue.ts'
import type { Stage } from '#lib/playbook/cause.ts'
import { stageNames, stages } from './stage-names.ts'
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

/** The causes of one stage, each with what a person sees. */
function StagePanel({ stage }: { stage: Stage }) {
  const { title, note } = stageNames[stage]
  return (
    <Panel title={title} note={note} id={stage} className="mb-3 break-inside-avoid scroll-mt-4">
      <ul className="py-1.5">
        {catalogue
          .filter((cause) => cause.stage === stage)
          .map((cause) => (
            <li key={cause.id}>
              <Link
                href={`/playbook/${cause.id}`}
                prefetch={false}
                className="group block px-3.5 py-1.5 hover:bg-raised"
              >
                <span className="font-medium group-hover:text-link">{cause.title}</span>
                <span className="block text-soft">{cause.symptom}</span>
              </Link>
            </li>
          ))}
      </ul>
    </Panel>
  )
}
