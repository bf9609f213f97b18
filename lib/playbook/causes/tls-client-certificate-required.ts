import { bodyText } from '#lib/facts/answer-text.ts'
import { defineCause, likely, proven, ruledOut, say } from '#lib/playbook/cause.ts'
import { tlsFinding } from '#lib/playbook/weighing/tls-finding.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** nginx: 495 and 496 inside, 400 to the client. IIS: 403.7, .13, .16 and .17. A page with another status may speak of them as well. */
const STATUSES = [400, 401, 403, 495, 496]

/** nginx, IIS, and what gateways say of their own. */
const ASKS_FOR_ONE =
  /\bNo required SSL certificate was sent\b|\bThe SSL certificate error\b|\b(?:requires?|required|missing|no|provide|present|send|invalid|expired|untrusted|revoked)\b[^.\n]{0,24}\bclient[- ]certificate|\bclient[- ]certificate\b[^.\n]{0,40}\b(?:required|missing|expired|untrusted|revoked|invalid|not (?:sent|provided|presented|trusted|valid))\b/i

export default defineCause({
  id: 'tls-client-certificate-required',
  stage: 'tls',
  side: 'proxy',
  title: 'Client certificate required',
  symptom: 'The handshake is cancelled, or answered with 400.',
  endings: ['tls', 'unopened', 'answered'],
  needs: ['browser.console', 'probe'],

  test: (facts) => {
    const { ending, probe, target } = facts
    const http = probe?.outcome.stage === 'answer' ? probe.evidence.http : undefined
    // Chrome cancels the handshake, and says no more.
    if (target.secure && STATUSES.includes(http?.status ?? 0) && ASKS_FOR_ONE.test(bodyText(http ?? {})))
      return proven(say('The answer asks for a client certificate', 'probe.http.body_start'))
    const said = [...facts.told.server, ...facts.told.proxy].find(
      ({ means, status }) => means === 'tls-client-certificate' && status !== undefined,
    )
    if (said && ending.kind === 'answered') return likely(say(said.detail, said.from))
    return ending.kind === 'answered' ? ruledOut(...ending.because) : tlsFinding(facts, 'client')
  },

  explain: {
    wire: 'The server asks for a certificate during TLS and refuses clients that show none. Browsers do not open the choice of certificates for a WebSocket.',
    browser:
      'Your page sees an error event and 1006 (Firefox: 1015). Only the console names the reason. A page opened at the same address fails too, with an error page that says more.',
    sure: '`curl --http1.1 -v` to the address without `--cert` shows the alert or the 400.',
    sources: [{ title: 'RFC 8446 §6, alerts', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-6' }],
  },

  fix: () => ({
    summary: sentence`Have users select the certificate on a page of the same origin first, or stop requiring it for this path.`,
    changes: [
      {
        program: 'nginx',
        context: 'server',
        where: sentence`nginx, server`,
        text: nginx`ssl_verify_client optional;`,
      },
    ],
  }),

  reproduce: null,
})
