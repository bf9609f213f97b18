import { defineCause } from '#lib/playbook/cause.ts'
import { authorityWordOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'

export default defineCause({
  id: 'tls-expired',
  stage: 'tls',
  title: 'The certificate has expired, or is not valid yet',
  symptom: 'The socket fails at once from one day to the next.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => tlsFinding(facts, 'expired'),

  explain: {
    wire: 'The dates of the certificate do not cover now. A wrong clock on the client looks the same.',
    browser:
      'Script sees an error event and 1006 (Firefox: 1015); only the console names the reason. A page opened over the same certificate shows the familiar warning.',
    sure: '`openssl x509 -noout -dates` on the certificate; compare with the clock.',
    sources: [
      { title: 'RFC 5280 §4.1.2.5, validity', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5' },
    ],
  },

  fix: (facts) => ({
    summary: 'Renew the certificate, and reload what serves it.',
    changes: [
      {
        program: 'shell',
        where: 'On the client, to see the dates',
        text: `openssl s_client -connect ${authorityWordOf(facts)} -servername ${hostWordOf(facts)} </dev/null | openssl x509 -noout -dates`,
      },
      { program: 'certbot', where: 'Certbot', text: 'sudo certbot renew' },
    ],
  }),

  reproduce: null,
})
