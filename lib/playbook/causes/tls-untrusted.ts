import type { Facts } from '#lib/facts/facts.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { defineCause, say } from '#lib/playbook/cause.ts'
import { authorityWordOf, hostWordOf } from '#lib/playbook/weighing/advice.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { haproxy, nginx } from '#lib/text/configurations.ts'
import type { Change, Fix } from '#lib/text/fix.ts'
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

  test: (facts) => {
    const finding = tlsFinding(facts, 'untrusted')
    const issuer = inspectorOf(facts)
    if (issuer === undefined || (finding.is !== 'likely' && finding.is !== 'proven')) return finding
    return { ...finding, because: [...finding.because, say(issuer.detail, issuer.from)] }
  },

  explain: {
    wire: 'The chain does not end at an authority that the client trusts. The certificate is self-signed or from a private authority, or the server does not send an intermediate certificate.',
    browser:
      'Your page sees an error event and 1006 (1015 in Firefox). Only the console names the reason. Open the same host as a page to see the certificate warning.',
    sure: '`openssl s_client -connect host:443 -servername host` prints the chain. A missing intermediate works in browsers that cached it and fails elsewhere.',
    sources: [
      { title: 'RFC 5280 §6, path validation', url: 'https://www.rfc-editor.org/rfc/rfc5280#section-6' },
    ],
  },

  fix: (facts) => (inspectorOf(facts) ? OF_INSPECTION : ofChain(facts)),

  reproduce: null,
})

/** A product on the client’s side that opened TLS: the server’s own chain was never seen. */
const inspectorOf = ({ told }: Facts): Told | undefined =>
  told.client.find(({ program }) => program === 'tls-inspection')

/** For programs that take roots of their own from the environment. */
const OWN_ROOT: readonly Change[] = [
  {
    program: 'command',
    of: 'node',
    at: 'client',
    where: sentence`Where a Node client starts, with the root of the authority`,
    text: shell`export NODE_EXTRA_CA_CERTS=YOUR_ROOT`,
  },
  {
    program: 'command',
    of: 'python',
    at: 'client',
    where: sentence`Where a Python client starts, with the root of the authority`,
    text: shell`export SSL_CERT_FILE=YOUR_ROOT`,
  },
]

const OF_INSPECTION: Fix = {
  summary: sentence`The certificate does not come from the server: a product on this client’s network or machine opens TLS and signs with a root of its own. Give the client that root, which browsers have from the system: NODE_EXTRA_CA_CERTS for Node, SSL_CERT_FILE or REQUESTS_CA_BUNDLE for Python, the truststore for Java. Or have the product leave this host alone.`,
  changes: [...OWN_ROOT],
}

function ofChain(facts: Facts): Fix {
  return {
    summary: sentence`Send the whole chain of a certificate that the client trusts. A private authority’s root belongs on each client.`,
    changes: [
      ...OWN_ROOT.map((change) => ({ ...change, shownOnly: true as const })),
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
  }
}
