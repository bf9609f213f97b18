import { Check } from 'lucide-react'
import { CauseLink } from '#components/playbook/cause-link.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { excludedOf } from '#lib/diagnosis/excluded.ts'
import type { Report } from '#lib/diagnosis/report.ts'

/** The panel "Ruled out": plausible causes with what excludes each; the rest is one line that unfolds. */
export function RuledOut({ report }: { report: Report }) {
  const { plausible, rest, because } = excludedOf(report)
  if (plausible.length + rest.length === 0) return null
  return (
    <Panel title="Ruled out">
      <ul className="flex flex-col gap-2 px-3.5 py-2.5">
        {plausible.map(({ cause, because: [reason] }) => (
          <li key={cause} className="flex gap-2">
            <Icon of={Check} className="mt-0.5 shrink-0 text-soft" />
            <span className="min-w-0">
              <CauseLink id={cause} />
              {reason !== undefined && <span className="block text-soft wrap-anywhere">{reason.says}</span>}
            </span>
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <details>
              <summary className="ml-4 -indent-4 text-soft wrap-anywhere">
                {rest.length} {plausible.length > 0 ? 'others' : 'causes'}
                {because !== undefined && `: ${because}`}
              </summary>
              <ul className="flex flex-col gap-1 pt-1.5 pl-4">
                {rest.map(({ cause }) => (
                  <li key={cause}>
                    <CauseLink id={cause} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
    </Panel>
  )
}
