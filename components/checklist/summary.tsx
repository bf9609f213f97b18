import { plural } from '#components/ui/format.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import type { ChecklistState } from './use-checklist.ts'
import type { ChecklistTarget } from './use-target.ts'

interface Props {
  state: ChecklistState
  items: readonly ChecklistItem[]
  target: ChecklistTarget
}

/** What the run amounts to, in one line that screen readers are told of. */
export function Summary({ state, items, target }: Props) {
  return (
    <p role="status" aria-label="Checklist" className="px-1 text-soft">
      {words(state, items, target)}
    </p>
  )
}

function words(
  state: ChecklistState,
  items: readonly ChecklistItem[],
  { address, origin }: ChecklistTarget,
): string {
  if (state.status === 'failed') return ''
  if (state.status === 'running') return 'Looking…'
  const count = (outcome: ChecklistItem['outcome']) => items.filter((item) => item.outcome === outcome).length
  const found = `${plural(count('problem'), 'problem')}, ${plural(count('warning'), 'warning')}, ${count('ok')} fine, ${count('unknown')} not known.`
  const { order } = state
  if (order === null) return `${found} This server has looked at itself; run the checks to try the URL.`
  const isSame = address.ok && order.url === address.socketUrl && order.origin === origin
  return isSame ? found : `${found} These were for ${order.url}: run the checks again.`
}
