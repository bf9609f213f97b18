import { defineCause } from '#lib/playbook/cause.ts'
import { checkFinding } from '#lib/playbook/check-finding.ts'

export default defineCause({
  id: 'subprotocol-mismatch',
  stage: 'handshake',
  title: 'Client and server agree on no subprotocol',
  symptom: 'A 101 comes, and the browser refuses its subprotocol.',
  endings: ['refused-101', 'unopened'],
  needs: ['probe', 'browser.console'],

  test: (facts) => checkFinding(facts, 'subprotocol'),

  explain: {
    wire: 'The server picked a subprotocol that was not asked for, or none although some were. Chromium refuses both; Firefox accepts none.',
    browser:
      'The browser checks the 101 and drops the connection: an error event and 1006, the reason in the console. Proxies pass such a 101 on and log success.',
    sure: 'Probe with the same list of subprotocols.',
    sources: [{ title: 'RFC 6455 §4.1', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1' }],
  },

  fix: (facts) => ({
    summary: `Have the server pick one of ${facts.target.subprotocols.join(', ') || 'those asked for'}, or ask for none.`,
    changes: [
      {
        where: 'Node server (ws)',
        text: `new WebSocketServer({ server, handleProtocols: (offered) => offered.has('${facts.target.subprotocols[0] ?? 'chat'}') ? '${facts.target.subprotocols[0] ?? 'chat'}' : false })`,
      },
    ],
  }),

  reproduce: 'no-subprotocol',
})
