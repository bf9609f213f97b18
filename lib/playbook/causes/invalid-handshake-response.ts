import { defineCause } from '#lib/playbook/cause.ts'
import { checkFinding } from '#lib/playbook/weighing/check-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'

export default defineCause({
  id: 'invalid-handshake-response',
  stage: 'handshake',
  side: 'server',
  title: 'Invalid 101 response',
  symptom: 'A 101 comes, and the browser refuses it.',
  endings: ['refused-101', 'unopened'],
  needs: ['probe', 'browser.console'],

  test: (facts) => checkFinding(facts, 'headers'),

  explain: {
    wire: '`Sec-WebSocket-Accept` does not fit the key, or `Upgrade` or `Connection` is missing or wrong, or a header that may come once comes twice. Or the 101 came as HTTP/1.0, as from a WSGI server that nothing upgrades, and the client insists on 1.1. The handshake is hand-written, the answer was cached, or a proxy changed or repeated the backend’s headers.',
    browser:
      'The browser rejects the 101: an error event, then 1006. The console names the reason. Proxies forward it and log success.',
    sure: 'Compute the accept value from the key, or let a probe do it.',
    sources: [{ title: 'RFC 6455 §4.2.2', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2' }],
  },

  fix: () => ({
    summary: sentence`Let a WebSocket library answer the handshake.`,
    changes: [
      {
        program: 'node',
        where: sentence`Node server`,
        text: js`const accept = createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')`,
      },
    ],
  }),

  reproduce: 'bad-accept',
})
