import { Panel } from '#components/ui/panel.tsx'
import type { Change } from '#lib/playbook/cause.ts'

/** What to change, one block for each place where it can be changed. Long lines wrap; copied, they are whole. */
export function FixChanges({ changes }: { changes: readonly Change[] }) {
  return changes.map(({ where, text }) => (
    <Panel key={where + text} title={where}>
      <pre className="figures px-3.5 py-3 whitespace-pre-wrap wrap-anywhere">{text}</pre>
    </Panel>
  ))
}
