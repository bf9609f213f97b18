import type { Facts } from '#lib/facts/facts.ts'
import { defineCause, possible, ruledOut, type Signal, say, strong, weighed } from '#lib/playbook/cause.ts'
import { gaveUpOver } from '#lib/playbook/weighing/client-side.ts'
import { timeToCut } from '#lib/playbook/weighing/cut-times.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { endedItself } from '#lib/playbook/weighing/ended-itself.ts'
import { beatSeconds } from '#lib/playbook/weighing/observed-timer.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

function signals(facts: Facts): Signal[] {
  const { backend, cuts } = facts
  const opened = backend.watched && backend.upgradedMs !== undefined
  if (!opened || cuts.tcp !== 'rst' || backend.exit) return []
  if (timeToCut(facts, backend.lastEventMs ?? 0) !== 'after') return []
  return [
    strong(say('The client got a reset, and the backend held the connection open long after', 'server')),
  ]
}

export default defineCause({
  id: 'middlebox-reset',
  stage: 'lost',
  side: 'network',
  title: 'A network device reset the connection',
  symptom: 'The client gets 1006; the server still thinks the connection is open.',
  endings: ['dropped', 'broken', 'given-up', 'silent', 'lost'],
  needs: ['server', 'probe'],

  signals,

  test: (facts, signals) => {
    const { kind, because } = facts.ending
    if (kind === 'silent' || (kind === 'given-up' && gaveUpOver(facts) === 'ping-timeout'))
      return weighed(possible(...because), 0.2)
    if (kind === 'given-up') return ruledOut(...because)
    if (facts.cuts.tcp === 'fin') return ruledOut(say('TCP ended in order', 'probe.end'))
    const itself = signals.own.length === 0 && endedItself(facts)
    if (itself) return ruledOut(itself)
    const { backend } = facts
    const unaware = backend.upgradedMs !== undefined && backend.ends.length === 0
    // Reset on both sides: then neither of them did it.
    const between = backend.ends.some(({ how }) => how === 'rst')
    return dropFinding(facts, signals, facts.cuts.tcp === 'rst' && (unaware || between) ? 0.65 : 0.3)
  },

  explain: {
    wire: 'A firewall, NAT or inspection device sends RST in the name of the peer, often for a flow that it forgot. The server still considers the connection open.',
    browser:
      'Without a Close frame the browser makes up 1006. Chromium fires no error event and its console stays empty, as after half a dozen other causes. Firefox fires one for a reset and says that the connection was interrupted.',
    sure: 'Capture packets on both sides. A RST that only one side received came from a device between them.',
    sources: [
      { title: 'RFC 9293 §3.5.2, reset', url: 'https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2' },
    ],
  },

  fix: (facts) => {
    const beat = beatSeconds(facts)
    return {
      summary: sentence`Send pings more often than the device forgets flows${beat === undefined ? '' : `, such as every ${beat} s here`}, and capture packets at both ends to find it.`,
      changes: [
        {
          program: 'node',
          where: sentence`Node server (ws)`,
          text: js`setInterval(() => { for (const socket of server.clients) socket.ping() }, ${beat === undefined ? js`YOUR_SECONDS * 1000` : beat * 1000})`,
        },
      ],
    }
  },

  reproduce: 'reset',
})
