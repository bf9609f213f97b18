/** Every check that the server makes of itself, in the order in which people go through them. */
import type { ChecklistReport } from '#lib/api/checklist.ts'
import { describeCheck } from '#lib/checklist/checks.ts'
import { unknown } from '#lib/checklist/result.ts'
import { runChecks } from '#server/checklist/check.ts'
import { certificate } from '#server/checklist/inside/certificate.ts'
import { endpoints } from '#server/checklist/inside/endpoints.ts'
import { environment } from '#server/checklist/inside/environment.ts'
import { firewall } from '#server/checklist/inside/firewall.ts'
import { listening } from '#server/checklist/inside/listening.ts'
import { logLines } from '#server/checklist/inside/log-lines.ts'
import { name } from '#server/checklist/inside/name.ts'
import { originAllowed } from '#server/checklist/inside/origin-allowed.ts'
import { outOfMemory } from '#server/checklist/inside/out-of-memory.ts'
import { port } from '#server/checklist/inside/port.ts'
import { descriptors, memory, processor } from '#server/checklist/inside/process.ts'
import { proxyUpgrade } from '#server/checklist/inside/proxy-upgrade.ts'
import { type CheckContext, type InsideCheck, probeOnce } from '#server/checklist/tools.ts'

export const insideChecks: readonly InsideCheck[] = [
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

/** Runs all of them side by side. */
export async function runChecklist(context: CheckContext): Promise<ChecklistReport> {
  const tools = { ...context, probed: probeOnce(context) }
  const runs = await runChecks(insideChecks, tools, {
    judgeError: (error) =>
      unknown(`The check itself failed: ${error instanceof Error ? error.message : String(error)}`),
  })
  const items = runs.map(({ check: { id }, result, tookMs }) => ({
    ...describeCheck(id),
    ...result,
    ...(tookMs !== null && { took_ms: tookMs }),
  }))
  return { checked_at: Date.now() / 1000, items }
}
