import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  decisive,
  defineCause,
  likely,
  ruledOut,
  type Signal,
  say,
  strong,
  unknown,
  weighed,
} from '#lib/playbook/cause.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { tunnelTimeout } from '#lib/playbook/weighing/tunnel-timeout.ts'
import { sentence } from '#lib/text/foreign.ts'
import { java, js } from '#lib/text/languages.ts'

function signals(facts: Facts): Signal[] {
  const found: Signal[] = []
  const timeout = tunnelTimeout(facts)
  if (timeout.over === 'unread-data') {
    for (const because of [timeout.notice, timeout.flags]) if (because) found.push(strong(because))
  }
  const said = toldByAny(facts.told, 'not-reading')
  if (said) found.push(strong(say(sentence`A side gave up sending: ${said.detail}`, said.from)))
  const client = noticeOf(facts.proxy, 'tunnel-client-timed-out')
  if (client)
    found.push(decisive(say('The proxy gave up sending to a client that did not read', client.from)))
  return found
}

export default defineCause({
  id: 'peer-not-reading',
  stage: 'lost',
  side: 'proxy',
  title: 'Write timeout: the peer stopped reading',
  symptom: 'The connection ends, mostly with 1006, while much data is on its way.',
  endings: ['dropped', 'closed'],
  needs: ['proxy.error_log', 'proxy.access_log'],

  signals,

  test: (facts, signals) => {
    const { ending, lastWords } = facts
    if (ending.kind === 'closed') {
      const isNamed = ending.by === 'peer' && lastWords?.means === 'not-reading'
      return isNamed
        ? weighed(likely(...ending.because, lastWords.because), 0.8)
        : ruledOut(...ending.because)
    }
    const finding = dropFinding(facts, signals, 0.1)
    if (finding.is === 'possible') return unknown('proxy.error_log', 'proxy.access_log')
    const { send } = facts.settings
    if (finding.is === 'unknown' || finding.is === 'ruled-out' || !send) return finding
    const says = sentence`${send.setting} is how long nginx waits for a backend that does not read`
    return { ...finding, because: [...finding.because, say(says, send.from)] }
  },

  explain: {
    wire: 'A sender fills the buffers of a peer that no longer reads. nginx gives up after `send_timeout` towards clients and `proxy_send_timeout` towards backends; Tomcat after 20 s.',
    browser:
      'Without a Close frame, the browser reports 1006. There is no error event and nothing in the console, so at least six causes look the same.',
    sure: 'Watch `bufferedAmount` and the byte counts of the proxy’s log line.',
    sources: [
      {
        title: 'nginx, proxy_send_timeout',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_send_timeout',
      },
    ],
  },

  fix: () => ({
    summary: sentence`Respect backpressure: stop sending while the buffer is full, or leave out what is stale. The other end reads more slowly than this one sends.`,
    changes: [
      {
        program: 'java',
        of: 'spring',
        where: sentence`Spring, configureWebSocketTransport: how much may wait for a slow client, and how long a send may take`,
        text: java`registration.setSendBufferSizeLimit(YOUR_LIMIT_BYTES).setSendTimeLimit(YOUR_MILLISECONDS);`,
      },
      {
        program: 'node',
        where: sentence`Node server (ws)`,
        text: js`if (socket.bufferedAmount > YOUR_LIMIT_BYTES) pause(socket)`,
      },
    ],
  }),

  reproduce: null,
})
