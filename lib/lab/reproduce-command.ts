/** `why1006 reproduce`, as a line to paste into a shell: one fault on a port of its own, for one's own client. */
import type { FaultId } from '#lib/lab/faults.ts'
import { shellQuote } from '#lib/text/quote.ts'

/** @param knobs those that are not at their default */
export function reproduceCommand(fault: FaultId, knobs: Readonly<Record<string, string | number>>): string {
  const settings = Object.entries(knobs).map(([name, value]) => shellQuote(`${name}=${value}`))
  return ['npm run -s why1006 -- reproduce', fault, ...settings].join(' ')
}
