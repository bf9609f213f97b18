import type { Code } from '#lib/text/code.ts'
import type { DiffLine } from '#lib/text/diff.ts'
import type { Change } from '#lib/text/fix.ts'
import type { Sentence } from '#lib/text/foreign.ts'
/** What a proxy's configuration may say of a connection: time limits, and what it does with the handshake. */

export type Limit = {
  seconds: number
  setting: string
  /** Nothing was set: the software's default. */
  isDefault: boolean
  /** Where it stands in the evidence. */
  from: string
}

/** What a proxy passes on of the handshake. Undefined: that depends on what the configuration does not tell. */
export type Passing = {
  upgrade: boolean | undefined
  connection: boolean | undefined
  httpVersion: string | undefined
  /** Where the location and its version of HTTP stand in the evidence. */
  from: { place: string; httpVersion: string }
  /** What does it, where that is no location of nginx: begins a sentence that goes on with “does not pass …”. */
  who?: string
}

/** What a check of the configuration found on the way of this handshake. */
export type ConfigFinding = {
  rule: string
  severity: 'error' | 'warning'
  /** The cause of the playbook that it leads to, if it leads to one. */
  cause: string | null
  says: Sentence
  from: string
  /** What to write, where that is a line or block of its own. */
  fix?: Code<'nginx'>
  /** The same as a change to the configuration. */
  diff?: DiffLine[]
  /** Of another program than nginx: its name, and what to write. */
  other?: { name: string; change: Change }
}

export type ProxySettings = {
  /** Ends a tunnel after this much silence. */
  idle: readonly Limit[]
  /** Ends a tunnel at this age. */
  lifetime: readonly Limit[]
  /** How long old connections survive a reload or a graceful stop. */
  grace: readonly Limit[]
  /** nginx only: how long a write to the backend may stall. */
  send: Limit | undefined
  /** nginx only: undefined where its location passes nothing on. */
  passing: Passing | undefined
  /** nginx only: it answers the path itself, with this status where that is known, by what the line says. */
  own: { status: number | undefined; says: Sentence; from: string } | undefined
  /** Envoy only: a cluster speaks HTTP/2 to its backends, where an upgrade is an extended CONNECT (RFC 8441). */
  http2: { setting: string; allowsConnect: boolean; from: string } | undefined
  /** The proxy sets Origin to this (empty: removes it). */
  origin: { value: string; from: string } | undefined
  /** nginx only: whether the port of the address speaks TLS, by its `listen` lines. */
  tls: { isSpoken: boolean; from: string } | undefined
  /** A condition of the proxy reads the Origin header. */
  checksOrigin: boolean
  findings: readonly ConfigFinding[]
  /** Files that it includes and that are not there to be read. */
  unread: readonly string[]
}

export const NO_SETTINGS: ProxySettings = {
  idle: [],
  lifetime: [],
  grace: [],
  send: undefined,
  passing: undefined,
  own: undefined,
  http2: undefined,
  origin: undefined,
  tls: undefined,
  checksOrigin: false,
  findings: [],
  unread: [],
}
