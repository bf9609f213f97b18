/** What the commands that connect to somebody's server have in common. */

import { sentence } from '#lib/text/foreign.ts'
import { UsageError } from '#server/cli/command.ts'
import { problemOf, readText } from '#server/cli/input.ts'
import { parseHeader } from '#server/probe/handshake/handshake-request.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

export const probeOptions = {
  origin: { type: 'string' },
  subprotocol: { type: 'string', multiple: true },
  header: { type: 'string', multiple: true },
  send: { type: 'string' },
  quiet: { type: 'boolean' },
  ca: { type: 'string' },
  insecure: { type: 'boolean' },
  ipv4: { type: 'boolean' },
  ipv6: { type: 'boolean' },
} as const

interface Given {
  readonly origin?: string
  readonly subprotocol?: readonly string[]
  readonly header?: readonly string[]
  readonly send?: string
  readonly quiet?: boolean
  readonly insecure?: boolean
  readonly ipv4?: boolean
  readonly ipv6?: boolean
}

/** @throws UsageError, or ProbeRefusal for a header that cannot be sent */
export function readProbeOptions(given: Given): ProbeOptions {
  const { origin, subprotocol = [], header = [], send, quiet = false, insecure = false, ipv4, ipv6 } = given
  if (origin !== undefined && !isOrigin(origin))
    throw new UsageError(
      sentence`--origin has to be as browsers send it, such as https://app.example:8443, or none: “${origin}” is not.`,
    )
  if (ipv4 && ipv6) throw new UsageError(sentence`Use either --ipv4 or --ipv6.`)
  return {
    ...(origin !== undefined && { origin: origin === 'none' ? null : origin }),
    subprotocols: subprotocol.flatMap((names) => names.split(',').map((name) => name.trim())),
    headers: header.map(parseHeader),
    ...(send !== undefined && { send }),
    ...(quiet && { quiet }),
    insecure,
    ...(ipv4 && { family: 4 }),
    ...(ipv6 && { family: 6 }),
  }
}

/** A scheme, a host and perhaps a port; `null` is what a sandboxed page sends. */
function isOrigin(text: string): boolean {
  if (text === 'none' || text === 'null' || text === 'file://') return true
  const url = URL.parse(text)
  return url !== null && url.host !== '' && url.pathname.length <= 1 && url.search === '' && url.hash === ''
}

/** The one URL among the operands. @throws UsageError */
export function oneUrl([url, ...more]: readonly string[], purpose: string): string {
  if (url === undefined) throw new UsageError(sentence`Give the URL to ${purpose}.`)
  const [second] = more
  if (second !== undefined) throw new UsageError(sentence`Only one URL, please. Unexpected: “${second}”`)
  return url
}

/** All that a system trusts is a quarter of it. */
const MOST_CERTIFICATE_BYTES = 1024 * 1024

/** @throws ProbeRefusal when the file can't be read or holds no certificate */
export async function readCertificates(file: string): Promise<string> {
  const text = await readText(file, MOST_CERTIFICATE_BYTES).catch((error: unknown) => {
    throw new ProbeRefusal('option-refused', sentence`--ca ${file}: ${problemOf(error)}`)
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ProbeRefusal('option-refused', sentence`--ca: there is no PEM certificate in ${file}.`)
  }
  return text
}
