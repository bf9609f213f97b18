import { defineCause } from '#lib/playbook/cause.ts'
import { authorityWordOf, hostOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'tls-name-mismatch',
  stage: 'tls',
  side: 'proxy',
  title: 'Certificate name mismatch',
  symptom: 'The socket fails at once; the address and the certificate name different hosts.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => tlsFinding(facts, 'name'),

  explain: {
    wire: 'The certificate does not list the name or address that was asked for. The wrong virtual host answered, or the client used an address in place of the name.',
    browser:
      'Your page sees an error event and 1006 (1015 in Firefox). Only the console names the reason. Open the same host as a page to see the certificate warning.',
    sure: 'Compare the subject alternative names with the URL.',
    sources: [{ title: 'RFC 9525, service identity', url: 'https://www.rfc-editor.org/rfc/rfc9525' }],
  },

  fix: (facts) => ({
    summary: sentence`Use a name that the certificate lists, or get a certificate that lists ${hostOf(facts)}.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client, to see the names`,
        text: shell`openssl s_client -connect ${authorityWordOf(facts)} -servername ${hostWordOf(facts)} </dev/null | openssl x509 -noout -ext subjectAltName`,
      },
    ],
  }),

  reproduce: null,
})
