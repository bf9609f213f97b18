import { zoneName } from './format.ts'

/** The zone of the times below: once for each log. */
export function Zone() {
  return (
    <span className="figures shrink-0 text-faint" title="The zone of the times below">
      {zoneName()}
    </span>
  )
}
