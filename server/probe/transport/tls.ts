/**
 * Stage TLS: the handshake with verification as a browser does it, and what the certificate says. A failed
 * check ends the probe there, since a browser sends nothing further either; error codes are Node's.
 */
import { readFileSync } from 'node:fs'
import { isIP, type Socket } from 'node:net'
import nodeTls, {
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import { failureCode } from '#server/probe/transport/dns.ts'

export type TlsFacts = {
  protocol?: string
  /** What was agreed of ALPN; the probe offers http/1.1 only, as a browser does for a WebSocket over HTTP/1. */
  alpn?: string
  cipher?: string
  subject?: string
  issuer?: string
  san?: string
  valid_from?: string
  valid_to?: string
  /** Seconds from the probe until the certificate ends; negative when it has ended. */
  valid_for_seconds?: number
  /** Certificates as they were sent, leaf first: subject, issuer, end of validity. */
  chain?: { subject: string; issuer: string; valid_to: string }[]
}

export type TlsResult = TlsFacts & { ms: number } & (
    | { outcome: 'ok'; socket: TLSSocket; unverified?: string }
    /** `hung_up`: the peer ended TCP in the middle of the handshake, without a TLS alert. */
    | { outcome: 'error'; code: string; message?: string; hung_up?: 'fin' | 'rst' }
    | { outcome: 'timeout' }
  )

/** What a server that asks for one is shown, as PEM. */
export interface ClientCertificate {
  cert: string
  key: string
  passphrase?: string
}

export interface TlsOptions {
  hostname: string
  clientCertificate?: ClientCertificate
  /** Certificates (PEM) to trust beside the system's. */
  ca?: string
  /** False: go on whatever the certificate is, and say what was wrong with it. */
  verify: boolean
}

const LONGEST_TEXT = 1000
const LONGEST_CHAIN = 10

export function connectTls(
  socket: Socket,
  { hostname, ca, verify, clientCertificate }: TlsOptions,
  clock: ProbeClock,
  signal: AbortSignal,
): Promise<TlsResult> {
  return new Promise((resolve) => {
    const bare = hostname.replace(/^\[|\]$/g, '')
    const tls = connect({
      socket,
      host: bare,
      // SNI carries names only (RFC 6066 §3).
      ...(isIP(bare) ? {} : { servername: bare }),
      ALPNProtocols: ['http/1.1'],
      // Judged below, so that a failed check still shows the certificate that failed.
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca: [...systemRoots(), ca] }),
      ...clientCertificate,
    })
    const settle = (result: TlsResult) => {
      clearTimeout(patience)
      signal.removeEventListener('abort', giveUp)
      tls.removeAllListeners('secureConnect')
      tls.removeAllListeners('error')
      tls.on('error', () => {})
      if (result.outcome !== 'ok') tls.destroy()
      resolve(result)
    }
    const giveUp = () => settle({ outcome: 'timeout', ms: clock.ms() })
    const patience = setTimeout(giveUp, clock.stageMs())
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) return giveUp()

    tls.once('secureConnect', () => {
      const facts = { ...factsOf(tls), ms: clock.ms() }
      const problem = tls.authorized ? undefined : String(tls.authorizationError)
      if (problem !== undefined && verify) return settle({ outcome: 'error', code: problem, ...facts })
      tls.pause()
      settle({
        outcome: 'ok',
        socket: tls,
        ...facts,
        ...(problem === undefined ? {} : { unverified: problem }),
      })
    })
    tls.once('error', (error) => {
      const code = failureCode(error)
      // Node reports a FIN in the middle of the handshake as ECONNRESET too; only a real reset has a system call.
      const hungUp =
        code === 'ECONNRESET' ? { hung_up: 'syscall' in error ? ('rst' as const) : ('fin' as const) } : {}
      settle({ outcome: 'error', code, message: error.message.slice(0, 200), ...hungUp, ms: clock.ms() })
    })
  })
}

function factsOf(tls: TLSSocket): TlsFacts {
  const leaf = tls.getPeerCertificate(true)
  const protocol = tls.getProtocol()
  const facts: TlsFacts = {
    ...(protocol === null ? {} : { protocol }),
    ...(typeof tls.alpnProtocol === 'string' ? { alpn: tls.alpnProtocol } : {}),
    cipher: tls.getCipher().name,
  }
  if (!leaf.raw) return facts
  const ends = Date.parse(leaf.valid_to)
  return {
    ...facts,
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    ...(leaf.subjectaltname === undefined ? {} : { san: leaf.subjectaltname.slice(0, LONGEST_TEXT) }),
    valid_from: leaf.valid_from,
    valid_to: leaf.valid_to,
    ...(Number.isNaN(ends) ? {} : { valid_for_seconds: Math.floor((ends - Date.now()) / 1000) }),
    chain: chainOf(leaf),
  }
}

function chainOf(leaf: DetailedPeerCertificate): NonNullable<TlsFacts['chain']> {
  const chain: NonNullable<TlsFacts['chain']> = []
  const seen = new Set<string>()
  let at: DetailedPeerCertificate | undefined = leaf
  // A self-signed certificate names itself as its issuer's certificate.
  while (at?.raw && !seen.has(at.fingerprint256) && chain.length < LONGEST_CHAIN) {
    seen.add(at.fingerprint256)
    chain.push({ subject: nameOf(at.subject), issuer: nameOf(at.issuer), valid_to: at.valid_to })
    at = at.issuerCertificate
  }
  return chain
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const first = (value: unknown) =>
    Array.isArray(value) ? String(value[0]) : value === undefined ? '' : String(value)
  return (first(name?.CN) || first(name?.O) || first(name?.OU)).slice(0, LONGEST_TEXT)
}

/** What Node trusts without being told; naming a `ca` replaces it, so it is named again. */
const systemRoots = (): readonly string[] =>
  // Since 22.15 and 23.10.
  nodeTls.getCACertificates?.('default') ?? [...nodeTls.rootCertificates, ...extraRoots()]

/** Node itself says at its start when this file cannot be read. */
function extraRoots(): string[] {
  try {
    return [readFileSync(process.env.NODE_EXTRA_CA_CERTS ?? '', 'utf8')]
  } catch {
    return []
  }
}
