/** Whether a handshake gets through the proxy that the person named, by a probe of its URL. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type Check, ok, problem, unknown, warning } from '#server/checklist/check.ts'
import { probe } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

export const proxyUpgrade: Check = {
  id: 'proxy-upgrade',
  part: 'proxy',
  title: 'Upgrade through the proxy',
  commands: ['curl', 'nginx-effective', 'nginx-handshakes', 'nginx-errors', 'certificate'],
  run: async ({ url, origin, policy }) => {
    if (url === undefined || policy === undefined)
      return unknown('Give the URL that goes through the proxy, for example wss://app.example/ws.')
    try {
      const evidence = await probe(
        url,
        { retries: false, ...(origin !== undefined && { origin }) },
        { policy },
      )
      const status = evidence.probe?.http?.status
      const report = diagnose(evidence)
      const [verdict] = report.verdicts
      const facts = { url, ...(status !== undefined && { status }) }
      if (report.outcome === 'healthy')
        return ok('The handshake got through, and the connection stayed open.', facts)
      const found =
        verdict === undefined ? 'no cause stands out' : (causeOf(verdict.cause)?.title ?? verdict.cause)
      const says = `${verdict?.certainty ?? 'unknown'}: ${found}. Diagnose says more.`
      const named = { ...facts, ...(verdict && { cause: verdict.cause, certainty: verdict.certainty }) }
      return status === 101
        ? warning(`The handshake got through, then: ${says}`, named)
        : problem(says, named)
    } catch (error) {
      if (!(error instanceof ProbeRefusal)) throw error
      return unknown(error.message, { url })
    }
  },
}
