import { defineCause, unknown } from '#lib/playbook/cause.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'

export default defineCause({
  id: 'peer-not-reading',
  stage: 'lost',
  title: 'A side stopped reading, and a write timed out',
  symptom: 'The connection ends with 1006 while much data is on its way.',
  endings: ['dropped'],
  needs: ['proxy.error_log', 'proxy.access_log'],

  test: (facts) => {
    const finding = dropFinding(facts, 'peer-not-reading', 0.1)
    return finding.is === 'possible' ? unknown('proxy.error_log', 'proxy.access_log') : finding
  },

  explain: {
    wire: 'A sender fills the buffers of a peer that no longer reads. nginx gives up after `send_timeout` towards clients and `proxy_send_timeout` towards backends; Tomcat after 20 s.',
    browser:
      'Without a Close frame the browser makes up 1006. No error event fires and the console stays empty: to the page this looks the same as half a dozen other causes.',
    sure: 'Watch `bufferedAmount` and the byte counts of the proxy’s log line.',
    sources: [
      {
        title: 'nginx, proxy_send_timeout',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_send_timeout',
      },
    ],
  },

  fix: () => ({
    summary: 'Respect backpressure: stop sending while the buffer is full.',
    changes: [{ where: 'Node server (ws)', text: 'if (socket.bufferedAmount > 1_000_000) pause(socket)' }],
  }),

  reproduce: null,
})
