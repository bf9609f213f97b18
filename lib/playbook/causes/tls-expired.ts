import { defineCause } from '#lib/playbook/cause.ts'
import { authorityWordOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'tls-expired',
  stage: 'tls',
  side: 'proxy',
  title: 'Certificate expired or not valid yet',
  symptom: 'The socket fails at once from one day to the next.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => tlsFinding(facts, 'expired'),

  explain: {
    wire: 'The dates of the certificate do not cover now. A wrong clock on the client looks the same.',
    browser:
      'Your page sees an error event and 1006 (1015 in Firefox). Only the console names the reason. Open the same host as a page to see the certificate warning.',
    sure: '`openssl x509 -noout -dates` on the certificate; compare with the clock.',
    sources: [
      { title: 'RFC 5280 §4.1.2.5, validity', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Renew the certificate, and reload what serves it.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client, to see the dates`,
        text: shell`openssl s_client -connect ${authorityWordOf(facts)} -servername ${hostWordOf(facts)} </dev/null | openssl x509 -noout -dates`,
      },
      { program: 'certbot', where: sentence`Certbot`, text: shell`sudo certbot renew` },
    ],
  }),

  reproduce: null,
})
