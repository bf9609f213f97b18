/** Whether a page of the given origin may open the URL, by trying: with its Origin, and with others where that fails. */
import { ok, problem, unknown } from '#lib/checklist/result.ts'
import { isLost, outcomeOfProbe, type ProbeOutcome } from '#lib/evidence/probe-outcome.ts'
import { resultWords } from '#lib/evidence/retry-kinds.ts'
import { type CheckTools, type InsideCheck, notProbed, probeUrl } from '#server/checklist/tools.ts'
import { ownOrigin } from '#server/probe/variations.ts'

export const originAllowed: InsideCheck = {
  id: 'origin-allowed',
  run: async (tools) => {
    const { origin, url } = tools
    const seen = await tools.probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const { probe, target } = seen.evidence
    if (origin === undefined || url === undefined)
      return unknown('Give the origin of your page, for example https://app.example.')
    const outcome = outcomeOfProbe(probe ?? {})
    if (isAccepted(outcome)) return ok(`The server accepted a handshake with Origin ${origin}.`)
    if (outcome.stage !== 'answer' && outcome.stage !== 'open') return unknown('Not reached.')
    const refusal = resultWords(outcome)
    const others = [null, ownOrigin(new URL(target?.url ?? url))].filter((other) => other !== origin)
    const accepted = await firstAccepted(others, tools)
    if (accepted === undefined)
      return unknown(`It fails with every Origin that was tried (${refusal}), so Origin does not decide.`)
    return problem(
      `With Origin ${origin}: ${refusal}. ${accepted === null ? 'Without an Origin' : `With Origin ${accepted}`} it opens.`,
      { cause: 'origin-rejected' },
    )
  },
}

const isAccepted = (outcome: ProbeOutcome): boolean => outcome.stage === 'open' && !isLost(outcome.end)

/** The first origin with which it opens; null stands for none. */
async function firstAccepted(
  origins: readonly (string | null)[],
  { url = '', policy }: CheckTools,
): Promise<string | null | undefined> {
  if (policy === undefined) return undefined
  for (const origin of origins) {
    const tried = await probeUrl(url, origin, policy)
    if (tried.status === 'seen' && isAccepted(outcomeOfProbe(tried.evidence.probe ?? {}))) return origin
  }
  return undefined
}
