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
