import { Check } from 'lucide-react'
import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { Report } from '#lib/diagnosis/report.ts'

/** The panel "Ruled out": what one observation excludes stands together below it. */
export function RuledOut({ report: { ruled_out: ruledOut } }: { report: Report }) {
  if (ruledOut.length === 0) return null
  const groups = Map.groupBy(ruledOut, ({ because }) => because[0]?.says ?? 'It does not fit what was seen')
  return (
    <Panel title="Ruled out" note={<span className="figures">{ruledOut.length}</span>}>
      <ul className="flex flex-col gap-0.5 px-3.5 py-2.5">
        {Array.from(groups, ([says, causes]) => (
          <li key={says}>
            <details>
              <summary className="flex cursor-pointer gap-2 py-1">
                <Icon of={Check} className="mt-0.5 shrink-0 text-soft" />
                <span className="min-w-0">
                  <span className="line-clamp-3 wrap-anywhere">{says}</span>
                  <span className="block text-faint">
                    {causes.length === 1 ? '1 cause' : `${causes.length} causes`}
                  </span>
                </span>
              </summary>
              <ul className="flex flex-col gap-0.5 pb-2 pl-6">
                {causes.map(({ cause }) => (
                  <li key={cause}>
                    <CauseLink id={cause} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
