/** Whether TCP connects to the given URL from this machine. */
import { ok, problem, unknown } from '#lib/checklist/result.ts'
import { type InsideCheck, notProbed } from '#server/checklist/tools.ts'

const explained: Readonly<Record<string, string>> = {
  refused: 'The connection was refused: nothing listens there, or a firewall rejects it.',
  unreachable: 'Host unreachable.',
  timeout: 'No answer: a firewall drops the packets, or the address is wrong.',
}

export const port: InsideCheck = {
  id: 'port',
  run: async ({ probed }) => {
    const seen = await probed()
    if (seen.status !== 'seen') return notProbed(seen)
    const tcp = seen.evidence.probe?.tcp
    if (tcp === undefined) return unknown('Not reached.')
    if (tcp.outcome === 'connected') {
      return ok('TCP connects from the Why1006 server. Other networks can have a firewall in between.', {
        ...(tcp.address !== undefined && { address: tcp.address }),
        ...(tcp.ms !== undefined && { connected_ms: Math.round(tcp.ms) }),
      })
    }
    return problem(explained[tcp.outcome] ?? `TCP failed: ${tcp.code ?? tcp.outcome}.`, {
      ...(tcp.code !== undefined && { code: tcp.code }),
    })
  },
}
