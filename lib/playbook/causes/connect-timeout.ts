import { toldByClient } from '#lib/facts/told.ts'
import { defineCause, likely, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { hostOf, hostWordOf, portWordOf, portWordsOf } from '#lib/playbook/weighing/advice.ts'
import {
  connectFinding,
  failedMs,
  isAtItself,
  isAtPlatform,
  pageReaches,
} from '#lib/playbook/weighing/connect-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'connect-timeout',
  stage: 'tcp',
  side: 'network',
  title: 'Connection timed out',
  symptom: 'The socket stays in CONNECTING for minutes.',
  endings: ['tcp', 'unopened', 'pending'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const failure = facts.probe?.failure
    if (failure?.stage === 'tcp' && failure.how === 'timeout')
      return proven(say('No answer to the SYN within the time allowed', 'probe.tcp'))
    // A connection attempt is given up after minutes (133 s in Chromium on Linux), never at once.
    if ((failedMs(facts) ?? Number.POSITIVE_INFINITY) < 5000)
      return ruledOut(say('It failed too soon for a timeout', 'browser.events'))
    // An open connection whose packets vanish ends with the same error of the system.
    const vague = toldByClient(facts.told, 'timed-out')
    if (vague && facts.ending.kind === 'unopened') return weighed(likely(say(vague.detail, vague.from)), 0.55)
    const isUnlikely = isAtItself(facts) || pageReaches(facts) || isAtPlatform(facts)
    return weighed(connectFinding(facts, 'connect-timeout'), isUnlikely ? 0.1 : 0.6)
  },

  explain: {
    wire: 'SYN packets go out and nothing comes back. A firewall drops them, no machine has the address, or the server’s accept queue is full.',
    browser:
      'Nothing for 133 s in Chromium on Linux, then an error event and 1006 with `ERR_CONNECTION_TIMED_OUT`.',
    sure: 'Probe the port from another network. On the server, `ss -lt` shows a full accept queue in Recv-Q.',
    sources: [
      {
        title: 'RFC 9293 §3.8.3, connection failures',
        url: 'https://www.rfc-editor.org/rfc/rfc9293#section-3.8.3',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Open ${portWordsOf(facts)} of ${hostOf(facts)} in the firewall or security group.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client`,
        text: shell`nc -vz -w 5 ${hostWordOf(facts)} ${portWordOf(facts)}`,
      },
    ],
  }),

  reproduce: null,
})
