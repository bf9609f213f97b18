/** The way to a server: DNS → TCP → TLS, each stage told as it ends, and a connected socket at the end of it. */
import type { Socket } from 'node:net'
import type { StageName } from '#lib/evidence/progress.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import type { Resolver } from '#server/probe/transport/dns.ts'
import { connectTcp, type TcpResult } from '#server/probe/transport/tcp.ts'
import { type ClientCertificate, connectTls, type TlsResult } from '#server/probe/transport/tls.ts'

export interface DialOptions {
  url: URL
  /** Certificates (PEM) to trust beside the system's. */
  ca?: string
  /** False: continue despite an invalid certificate. */
  verify: boolean
  clientCertificate?: ClientCertificate
}

export interface DialTools {
  resolve: Resolver
  clock: ProbeClock
  signal: AbortSignal
  stage: DialStages
}

export interface DialStages {
  starts(stage: StageName): void
  ends(stage: StageName, ok: boolean): void
}

/**
 * Undefined when a stage failed, and then `probe.end` says how, or when the signal aborted.
 * @param probe gets what each stage found
 * @throws ProbeRefusal when every address is out of bounds; Error for a certificate or key that cannot be read
 */
export async function dial(
  { url, ca, verify, clientCertificate }: DialOptions,
  { resolve, clock, signal, stage }: DialTools,
  probe: ProbeEvidence,
): Promise<Socket | undefined> {
  stage.starts('dns')
  const dns = await resolve(url.hostname, clock, signal)
  if (signal.aborted) return undefined
  probe.dns = { ...dns, ms: clock.ms() }
  if (dns.outcome === 'error') probe.end = { kind: 'error', code: dns.code, ms: clock.ms() }
  stage.ends('dns', dns.outcome === 'ok')
  if (dns.outcome === 'error') return undefined

  stage.starts('tcp')
  const tcp = await connectTcp(dns.addresses, portOf(url), clock, signal)
  if (signal.aborted) {
    if (tcp.outcome === 'connected') tcp.socket.destroy()
    return undefined
  }
  probe.tcp = tcpEvidence(tcp)
  if (tcp.outcome !== 'connected') probe.end = unconnected(tcp)
  stage.ends('tcp', tcp.outcome === 'connected')
  if (tcp.outcome !== 'connected') return undefined
  if (url.protocol !== 'wss:') return tcp.socket

  stage.starts('tls')
  const tls = await connectTls(
    tcp.socket,
    {
      hostname: url.hostname,
      verify,
      ...(ca !== undefined && { ca }),
      ...(clientCertificate && { clientCertificate }),
    },
    clock,
    signal,
  ).catch((error: unknown) => {
    // A PEM that cannot be read.
    tcp.socket.destroy()
    throw error
  })
  if (signal.aborted) {
    tcp.socket.destroy()
    return undefined
  }
  probe.tls = tlsEvidence(tls)
  if (tls.outcome !== 'ok') probe.end = unsecured(tls)
  stage.ends('tls', tls.outcome === 'ok')
  if (tls.outcome === 'ok') return tls.socket
  tcp.socket.destroy()
  return undefined
}

/** The port a URL means: its own, or the scheme's. */
export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'wss:' ? 443 : 80) : Number(url.port)

function tcpEvidence(tcp: TcpResult): NonNullable<ProbeEvidence['tcp']> {
  const { outcome, ms, attempts } = tcp
  if (tcp.outcome === 'connected') return { outcome, ms, address: tcp.address, family: tcp.family, attempts }
  return tcp.outcome === 'timeout' ? { outcome, ms, attempts } : { outcome, code: tcp.code, ms, attempts }
}

function unconnected(tcp: Exclude<TcpResult, { outcome: 'connected' }>): NonNullable<ProbeEvidence['end']> {
  return tcp.outcome === 'timeout'
    ? { kind: 'no_answer', ms: tcp.ms }
    : { kind: 'error', code: tcp.code, ms: tcp.ms }
}

function tlsEvidence(tls: TlsResult): NonNullable<ProbeEvidence['tls']> {
  if (tls.outcome !== 'ok') return tls
  const { socket: _, ...facts } = tls
  return facts
}

function unsecured(tls: Exclude<TlsResult, { outcome: 'ok' }>): NonNullable<ProbeEvidence['end']> {
  if (tls.outcome === 'timeout') return { kind: 'no_answer', ms: tls.ms }
  return tls.hung_up ? { kind: tls.hung_up, ms: tls.ms } : { kind: 'error', code: tls.code, ms: tls.ms }
}
