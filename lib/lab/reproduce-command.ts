/** `why1006 reproduce`, as a line to paste into a shell: one fault on a port of its own, for one's own client. */
import type { FaultId } from '#lib/lab/faults.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { shell } from '#lib/text/shell.ts'

/** @param knobs those that are not at their default */
export function reproduceCommand(
  fault: FaultId,
  knobs: Readonly<Record<string, string | number>>,
): Code<'shell'> {
  const settings = Object.entries(knobs).map(([name, value]) => shell.word(`${name}=${value}`))
  return joined([shell`npm run -s why1006 -- reproduce ${shell.word(fault)}`, ...settings], ' ')
}
