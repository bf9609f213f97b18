/** A handshake that somebody tried by hand went over HTTP/2, as curl does by itself behind TLS: it never asked for an upgrade. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

/** What servers answer to a plain request at the address of a WebSocket. */
const PLAIN: readonly number[] = [200, 400, 404, 405, 426, 501]

export function askedOverHttp2({ probe, answer }: Facts): Because | undefined {
  const version = probe?.evidence.http?.version ?? ''
  if (!/^[23](?:\.0)?$/.test(version) || answer === undefined || !PLAIN.includes(answer.status))
    return undefined
  return say(
    sentence`The answer came over HTTP/${version}, where no request has an Upgrade header: it tells nothing of a handshake over HTTP/1.1`,
    'probe.http.version',
  )
}

/** Where HAProxy’s client speaks HTTP/2, the handshake to the backend is HAProxy’s own (RFC 8441). */
const MADE_BY_HAPROXY =
  'Over HTTP/2 HAProxy makes Sec-WebSocket-Key itself and checks the backend’s Sec-WebSocket-Accept; over HTTP/1.1 it passes both on'

/** HAProxy refused the backend’s answer to such a handshake (PH); undefined where lines of HTTP/1 were refused alike. */
export function refusedOverHttp2({ proxy: { access } }: Facts): readonly Because[] | undefined {
  const refused = access.filter(({ record: { flags, status } }) => flags?.startsWith('PH') && status === 502)
  const [first] = refused
  if (first === undefined || !refused.every(({ record }) => record.overHttp2)) return undefined
  return [say(sentence`${MADE_BY_HAPROXY}. It refused the answer (${first.record.flags ?? ''})`, first.from)]
}
