import { defineCause, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { addressOf, portWordOf } from '#lib/playbook/weighing/advice.ts'
import { connectFinding, failedMs } from '#lib/playbook/weighing/connect-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

const LATE_MS = 10_000

export default defineCause({
  id: 'connection-refused',
  stage: 'tcp',
  side: 'network',
  title: 'Connection refused: nothing is listening',
  symptom: 'The socket fails within milliseconds: an error event, then close 1006.',
  endings: ['tcp', 'unopened', 'pending'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { probe } = facts
    if (probe?.failure?.stage === 'tcp' && probe.failure.how === 'refused') {
      return proven(say(sentence`TCP was refused (${probe.failure.code || 'ECONNREFUSED'})`, 'probe.tcp'))
    }
    if (facts.ending.kind === 'pending') {
      return ruledOut(say('A refusal is immediate; this was still connecting', 'browser.events'))
    }
    // Systems that try again after a refusal give up after a few seconds (Windows after two).
    const finding = connectFinding(facts, 'refused')
    return finding.is === 'possible' && (failedMs(facts) ?? 0) > LATE_MS ? weighed(finding, 0.1) : finding
  },

  explain: {
    wire: 'The SYN reached the host and was answered with RST: no process listens on that port, or a firewall rejects it. Nothing of WebSocket or HTTP was ever sent.',
    browser:
      'Script may not learn which ports are open, so every failed connection is an error event without detail and close code 1006. The console names `net::ERR_CONNECTION_REFUSED`.',
    sure: 'Run `ss -ltn` on the host and look for the port. A server bound to 127.0.0.1 refuses everyone outside; one bound to `::1` refuses IPv4. A firewall that rejects looks the same from outside.',
    sources: [
      {
        title: 'RFC 9293 §3.10.7.1, a segment for a closed port',
        url: 'https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.1',
      },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Start the server, or point the client at the port it listens on: nothing accepts connections at ${facts.target.url?.host ?? 'the address'}.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the server, to see what listens`,
        text: shell`ss -ltn 'sport = :${portWordOf(facts)}'`,
      },
      {
        program: 'browser',
        where: sentence`In the page`,
        text: js`new WebSocket(${js.string(addressOf(facts))})  // host, port and scheme of the server that runs`,
      },
    ],
  }),

  reproduce: null,
})
