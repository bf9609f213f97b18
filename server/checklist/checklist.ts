/** Every check, in the order in which people go through them; and their run. */
import type { ChecklistReport } from '#lib/api/checklist.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import type { Check, CheckContext, CheckTools } from '#server/checklist/check.ts'
import { certificate } from '#server/checklist/checks/certificate.ts'
import { endpoints } from '#server/checklist/checks/endpoints.ts'
import { environment } from '#server/checklist/checks/environment.ts'
import { firewall } from '#server/checklist/checks/firewall.ts'
import { listening } from '#server/checklist/checks/listening.ts'
import { logLines } from '#server/checklist/checks/log-lines.ts'
import { name } from '#server/checklist/checks/name.ts'
import { originAllowed } from '#server/checklist/checks/origin-allowed.ts'
import { outOfMemory } from '#server/checklist/checks/out-of-memory.ts'
import { port } from '#server/checklist/checks/port.ts'
import { descriptors, memory, processor } from '#server/checklist/checks/process.ts'
import { proxyUpgrade } from '#server/checklist/checks/proxy-upgrade.ts'
import { probeOnce } from '#server/checklist/probed.ts'

export const checks: readonly Check[] = [
  environment,
  endpoints,
  logLines,
  memory,
  processor,
  descriptors,
  outOfMemory,
  proxyUpgrade,
  originAllowed,
  listening,
  name,
  port,
  certificate,
  firewall,
]

/** Runs all checks side by side. One that breaks is `unknown`, and the others stand. */
export async function runChecklist(context: CheckContext): Promise<ChecklistReport> {
  const tools = { ...context, probed: probeOnce(context) }
  const items = await Promise.all(checks.map((check) => runCheck(check, tools)))
  return { checked_at: Date.now() / 1000, items }
}

async function runCheck(
  { id, part, title, commands, run }: Check,
  tools: CheckTools,
): Promise<ChecklistItem> {
  const base = { id, part, title, commands: [...commands] }
  try {
    const { outcome, says, facts = {} } = await run(tools)
    return { ...base, outcome, says, facts }
  } catch (error) {
    const says = `The check itself failed: ${error instanceof Error ? error.message : String(error)}`
    return { ...base, outcome: 'unknown', says, facts: {} }
  }
}
