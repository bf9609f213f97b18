import { plural } from '#components/ui/format.ts'
import type { CheckSubject } from '#lib/checklist/checks.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import type { ChecklistState, ChecklistTarget } from './use-checklist.ts'

interface Props {
  about: CheckSubject
  state: ChecklistState
  /** Of that subject. */
  items: readonly ChecklistItem[]
  target: ChecklistTarget
}

/** What the run amounts to, in a line that screen readers are told of: what failed, by name. */
export function Summary(props: Props) {
  return (
    <p role="status" aria-label="Checklist" className="min-h-6 text-lead wrap-anywhere max-sm:min-h-18">
      {words(props)}
    </p>
  )
}

function words({ about, state, items, target }: Props): string {
  if (state.status === 'failed') return ''
  if (state.status === 'running' && (about === 'server' || state.isUrlTried)) return 'Checking…'
  const order = state.status === 'done' ? state.order : null
  if (about === 'url' && order === null) return 'Enter the URL that your page opens, and run the checks.'
  const { address, origin } = target
  const isSame =
    about === 'server' || (address.ok && order?.url === address.socketUrl && order.origin === origin)
  return isSame
    ? counted(items)
    : `${counted(items)} These results are for ${order?.url}. Run the checks again.`
}

/** "2 failed: Upgrade through the proxy (403), Opens from this browser. 4 passed, 1 not run." */
function counted(items: readonly ChecklistItem[]): string {
  const of = (outcome: ChecklistItem['outcome']) => items.filter((item) => item.outcome === outcome)
  const named = (found: readonly ChecklistItem[]) => found.map(nameOf).join(', ')
  const [failed, warnings] = [of('problem'), of('warning')]
  return [
    failed.length > 0 && `${failed.length} failed: ${named(failed)}.`,
    warnings.length > 0 && `${plural(warnings.length, 'warning')}: ${named(warnings)}.`,
    `${of('ok').length} passed, ${of('unknown').length} not run.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ')
}

const nameOf = ({ title, facts: { status } }: ChecklistItem): string =>
  typeof status === 'number' ? `${title} (${status})` : title
