import { defineCause } from '#lib/playbook/cause.ts'
import { tlsFinding } from '#lib/playbook/tls-finding.ts'

export default defineCause({
  id: 'tls-version-mismatch',
  stage: 'tls',
  title: 'No TLS version or cipher in common',
  symptom: 'The socket fails at once; TLS never completes.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => tlsFinding(facts, 'version'),

  explain: {
    wire: 'Browsers speak TLS 1.2 and 1.3. The server offers older versions only, or no cipher that both know, and an alert ends the handshake.',
    browser:
      'Script sees an error event and 1006 (Firefox: 1015); only the console names the reason. A page opened over the same certificate shows the familiar warning.',
    sure: '`openssl s_client -tls1_2` and `-tls1_3` show which versions work.',
    sources: [{ title: 'RFC 8446 §6, alerts', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-6' }],
  },

  fix: () => ({
    summary: 'Enable TLS 1.2 and 1.3 at whatever ends TLS.',
    changes: [{ where: 'nginx, server', text: 'ssl_protocols TLSv1.2 TLSv1.3;' }],
  }),

  reproduce: null,
})
