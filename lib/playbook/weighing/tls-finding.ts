/** Weighs the causes that end in TLS, by the error of the probe's library and by the console. */

import type { Facts } from '#lib/facts/facts.ts'
import { whyNotOpened } from '#lib/facts/told.ts'
import { type Finding, likely, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import { isAtPlatform, pageReaches, reachedWithout } from '#lib/playbook/weighing/connect-finding.ts'
import { isAtWrongAddress } from '#lib/playbook/weighing/misplaced.ts'
import { isPrivateAddress } from '#lib/protocol/host.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export type TlsFault = 'expired' | 'name' | 'untrusted' | 'version' | 'client' | 'plain'

/** Codes of OpenSSL's verification (X509_V_ERR_*) and alerts as Node names them; the first that fits counts. */
const CODES: readonly [RegExp, TlsFault][] = [
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CERTIFICATE_EXPIRED/i, 'expired'],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH|UNRECOGNIZED_NAME/i, 'name'],
  [/CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|CLIENT_AUTH/i, 'client'],
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_(UNTRUSTED|REVOKED|REJECTED|CHAIN_TOO_LONG|SIGNATURE_FAILURE)|INVALID_CA|UNKNOWN_CA|INVALID_PURPOSE|(EE|CA)_KEY_TOO_SMALL|(CA|EE)_MD_TOO_WEAK/i,
    'untrusted',
  ],
  [
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_TOO_(LARGE|SMALL)|UNKNOWN_PROTOCOL|wrong version number|packet length too long/i,
    'plain',
  ],
  [
    /NO_APPLICATION_PROTOCOL|PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|DH_KEY_TOO_SMALL|NO_(SHARED_)?CIPHER|NO_SUITABLE|INSUFFICIENT_SECURITY|unsupported protocol|protocol version/i,
    'version',
  ],
]

/**
 * Alerts that say only that the server would not go on: no cipher in common, no certificate for the name that was
 * asked for (Cloudflare and Java send handshake_failure, Go and Caddy internal_error), or none from the client.
 */
const VAGUE =
  /HANDSHAKE_FAILURE|ALERT_INTERNAL_ERROR|ALERT_ACCESS_DENIED|handshake failure|alert internal error/i
const VAGUELY: Partial<Record<TlsFault, number>> = { version: 0.6, name: 0.5, client: 0.4 }

const MEANING = {
  expired: 'cert-expired',
  name: 'cert-name',
  untrusted: 'cert-untrusted',
  version: 'tls-version',
  client: 'tls-client-certificate',
  plain: 'tls-garbled',
} satisfies Record<TlsFault, Meaning>

const TLS_MEANINGS: ReadonlySet<Meaning> = new Set(Object.values(MEANING))

/** What an error code of a TLS library means; undefined for those that say nothing (a reset, a timeout). */
export const tlsFaultOf = (code: string): TlsFault | undefined =>
  CODES.find(([pattern]) => pattern.test(code))?.[1]

export function tlsFinding(facts: Facts, fault: TlsFault): Finding {
  const { probe, ending, target } = facts
  if (target.url && !target.secure && ending.kind !== 'tls')
    return ruledOut(say('The address is ws://', 'target.url'))
  const without = reachedWithout(facts)
  if (without && ending.kind === 'unopened') return ruledOut(without)
  const failure = probe?.failure
  const told = whyNotOpened(facts.told)
  const known = failure?.stage === 'tls' ? tlsFaultOf(`${failure.code} ${failure.message}`) : undefined
  if (
    !known &&
    ending.kind === 'tls' &&
    failure?.stage === 'tls' &&
    VAGUE.test(`${failure.code} ${failure.message}`)
  ) {
    const because = say(sentence`The server broke TLS off with ${failure.code}`, 'probe.tls')
    const weight = VAGUELY[fault]
    return weight === undefined ? ruledOut(because) : weighed(possible(because), weight)
  }
  if (known && ending.kind === 'tls') {
    const because = say(
      sentence`TLS failed with ${failure?.stage === 'tls' ? failure.code : ''}`,
      'probe.tls',
    )
    return known === fault ? proven(because) : ruledOut(because)
  }
  if (told) {
    const because = say(told.detail, told.from)
    if (told.means !== MEANING[fault]) return ruledOut(because)
    // A garbled or cancelled TLS handshake has other reasons too; a certificate's fault has not.
    if (isAtWrongAddress(facts)) return weighed(likely(because), 0.6)
    return fault === 'plain' || fault === 'client' ? likely(because) : proven(because)
  }
  const heard = [...facts.told.server, ...facts.told.proxy].filter(({ means }) => TLS_MEANINGS.has(means))
  const said = heard.find(({ unsure }) => !unsure) ?? heard[0]
  if (said && (ending.kind === 'tls' || ending.kind === 'unopened')) {
    const because = say(said.detail, said.from)
    if (said.unsure) return weighed(possible(because), said.means === MEANING[fault] ? 0.6 : 0.4)
    // Scanners leave the same lines at every public port.
    return said.means === MEANING[fault] ? likely(because) : ruledOut(because)
  }
  if (ending.kind === 'unopened' && (probe || facts.backend.arrived)) {
    return ruledOut(say('TLS succeeded', probe ? 'probe.tls' : 'server'))
  }
  if (pageReaches(facts) || isAtPlatform(facts)) return weighed(possible(...ending.because), 0.1)
  if (fault === 'untrusted' && target.secure && isUncertified(target.host)) {
    const says = sentence`No public authority gives a certificate for ${target.host}`
    return weighed(possible(...ending.because, say(says, 'target.url')), 0.75)
  }
  return possible(...ending.because)
}

/** Names and addresses of a private network (CA/Browser Forum, Baseline Requirements §4.2.2; RFC 6762, 8375, 9476). */
const isUncertified = (host: string): boolean =>
  isPrivateAddress(host) || /\.(?:local|lan|home\.arpa|internal|localdomain)\.?$/i.test(host)

/** A TLS alert: content type 21, version 3.x (RFC 8446 §5.1). */
export const isTlsAlert = (firstBytes: string): boolean => firstBytes.startsWith('\u0015\u0003')
