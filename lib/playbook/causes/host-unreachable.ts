import { defineCause, proven, say } from '#lib/playbook/cause.ts'
import { hostOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { connectFinding } from '#lib/playbook/weighing/connect-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'host-unreachable',
  stage: 'tcp',
  side: 'network',
  title: 'Host unreachable',
  symptom: 'The socket fails at once or after a few seconds.',
  endings: ['tcp', 'unopened', 'pending'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const failure = facts.probe?.failure
    if (failure?.stage === 'tcp' && failure.how === 'unreachable')
      return proven(
        say(sentence`The network answered ${failure.code || 'that the host is unreachable'}`, 'probe.tcp'),
      )
    return connectFinding(facts, 'unreachable')
  },

  explain: {
    wire: 'A router or firewall answered the SYN with an ICMP message: host or network unreachable, or administratively prohibited.',
    browser: 'An error event and 1006; the console names `ERR_ADDRESS_UNREACHABLE`.',
    sure: 'Run `ip route get <address>`, then check the firewalls on the route.',
    sources: [
      {
        title: 'RFC 1812 §5.2.7.1, Destination Unreachable',
        url: 'https://www.rfc-editor.org/rfc/rfc1812#section-5.2.7.1',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Make ${hostOf(facts)} reachable: the VPN, the route, or the firewall that rejects.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client`,
        text: shell`ip route get "$(getent ahosts ${hostWordOf(facts)} | awk 'NR==1{print $1}')"`,
      },
    ],
  }),

  reproduce: null,
})
