import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { type Change, isUntried } from '#lib/text/fix.ts'

/** What to change, one block for each place where it can be changed. Long lines wrap; copied, they are whole. */
export function FixChanges({ changes }: { changes: readonly Change[] }) {
  return changes.map((change) => (
    <Panel
      key={change.where + change.text}
      title={change.where}
      actions={
        <>
          {isUntried(change) && <Badge tone="unknown">not tried</Badge>}
          <CopyButton text={change.text} what={change.where} name={`Copy the change for ${change.where}`} />
        </>
      }
    >
      <pre className="figures px-3.5 py-3 whitespace-pre-wrap wrap-anywhere">{change.text}</pre>
    </Panel>
  ))
}
