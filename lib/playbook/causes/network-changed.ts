import { ENDS_OF_BOTH, toldByClient, whyNotOpened } from '#lib/facts/told.ts'
import { defineCause, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { abortIn, gaveUpOver, isSeenByClient } from '#lib/playbook/weighing/client-side.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

/** The system of the client ended the connection itself. */
const ABORTED = 0.75

export default defineCause({
  id: 'network-changed',
  stage: 'lost',
  side: 'client',
  title: 'Client network changed',
  symptom: 'The connection ends as the device changes Wi-Fi, starts a VPN, or gets a new address.',
  endings: ['given-up', 'dropped', 'unopened', 'silent', 'lost'],
  needs: ['browser.console', 'client'],

  test: (facts, signals) => {
    const { ending, told } = facts
    const said = toldByClient(told, 'network-changed')
    if (said) return proven(say(said.detail, said.from))
    if (ending.kind === 'given-up')
      return gaveUpOver(facts) === 'ping-timeout'
        ? weighed(possible(...ending.because), 0.3)
        : ruledOut(...ending.because)
    if (ending.kind === 'dropped' && facts.clientGone) return weighed(possible(facts.clientGone), 0.5)
    if (!isSeenByClient(facts)) return ruledOut(...ending.because)
    if (ending.kind === 'silent') return weighed(possible(...ending.because), 0.3)
    const isAborted = abortIn(facts) !== undefined
    if (ending.kind === 'dropped') return dropFinding(facts, signals, isAborted ? ABORTED : 0.12)
    const other = whyNotOpened(told)
    if (other && !ENDS_OF_BOTH.has(other.means)) return ruledOut(say(other.detail, other.from))
    return facts.probe || facts.backend.arrived
      ? ruledOut(...ending.because)
      : weighed(possible(...ending.because), isAborted ? ABORTED : 0.05)
  },

  explain: {
    wire: 'A TCP connection belongs to two addresses. When the client’s own address changes, packets no longer fit the connection. Another Wi-Fi, mobile data, a VPN that starts or stops and a DHCP lease do that. Chromium then aborts what is being connected.',
    browser:
      'Chromium prints `ERR_NETWORK_CHANGED`. An open socket often just ends with 1006, or stays silent.',
    sure: 'Watch the interfaces of the client (`ip monitor`, the VPN’s log) at that moment.',
    sources: [
      {
        title: 'Chromium, net error list',
        url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
      },
    ],
  },

  fix: () => ({
    summary: sentence`No fault of the server. Reconnect at once when the network comes back; if it recurs, look for an interface or VPN that comes and goes.`,
    changes: [
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`addEventListener('online', connect)\nnavigator.connection?.addEventListener('change', connect)`,
      },
    ],
  }),

  reproduce: null,
})
