import { defineCause } from '#lib/playbook/cause.ts'
import { authorityWordOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { haproxy, nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

export default defineCause({
  id: 'tls-untrusted',
  stage: 'tls',
  side: 'proxy',
  title: 'Untrusted certificate',
  symptom: 'The socket fails at once; the console names the certificate authority.',
  endings: ['tls', 'unopened'],
  needs: ['browser.console', 'probe'],

  test: (facts) => tlsFinding(facts, 'untrusted'),

  explain: {
    wire: 'The chain does not end at an authority that the client trusts. The certificate is self-signed or from a private authority, or the server does not send an intermediate certificate.',
    browser:
      'Your page sees an error event and 1006 (1015 in Firefox). Only the console names the reason. Open the same host as a page to see the certificate warning.',
    sure: '`openssl s_client -connect host:443 -servername host` prints the chain. A missing intermediate works in browsers that cached it and fails elsewhere.',
    sources: [
      { title: 'RFC 5280 §6, path validation', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-6' },
    ],
  },

  fix: (facts) => ({
    summary: sentence`Send the whole chain of a certificate that the client trusts.`,
    changes: [
      {
        program: 'shell',
        where: sentence`On the client, to see the chain`,
        text: shell`openssl s_client -connect ${authorityWordOf(facts)} -servername ${hostWordOf(facts)} </dev/null`,
      },
      {
        program: 'nginx',
        context: 'server',
        where: sentence`nginx, server, with the file that holds the intermediates too`,
        text: nginx`ssl_certificate YOUR_FULL_CHAIN;`,
      },
      {
        program: 'haproxy',
        context: 'frontend',
        where: sentence`HAProxy, frontend (one file: key, certificate, intermediates)`,
        text: haproxy`bind :443 ssl crt YOUR_CERTIFICATE`,
      },
    ],
  }),

  reproduce: null,
})
