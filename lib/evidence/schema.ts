/**
 * The evidence document: what a page, a probe, a proxy and a server saw of one WebSocket connection.
 *
 * An observer that was not there is absent, not empty: `server: []` says that the backend was watched and
 * nothing arrived. Parsing keeps unknown fields and names every fault by its path.
 */
import * as z from 'zod/mini'
import {
  applicationEvidence,
  browserEvidence,
  clientEvidence,
  elsewhereEvidence,
  maybe,
  peerEvidence,
  probeEvidence,
  proxyEvidence,
  retryEvidence,
  serverEvent,
} from '#lib/evidence/observers.ts'

const MEMBERS = {
  target: maybe(
    z.looseObject({
      /** What was given to `new WebSocket`, unresolved: it may be relative, http(s) or no URL at all. */
      url: maybe(z.string()),
      subprotocols: maybe(z.array(z.string())),
      page_origin: maybe(z.string()),
      /** Where the page is as a person or a setting tells: nobody saw which Origin it sent. */
      page_told: maybe(z.string()),
    }),
  ),
  browser: maybe(browserEvidence),
  probe: maybe(probeEvidence),
  retries: maybe(z.array(retryEvidence)),
  client: maybe(clientEvidence),
  application: maybe(applicationEvidence),
  elsewhere: maybe(z.array(elsewhereEvidence)),
  proxy: maybe(proxyEvidence),
  server: maybe(z.array(serverEvent)),
  peers: maybe(z.array(peerEvidence)),
  /** Programs that a person names, in their own words or by their own code, as the phrasebook and fixes call them. */
  stack: maybe(
    z.looseObject({
      client: maybe(z.array(z.string())),
      server: maybe(z.array(z.string())),
      proxy: maybe(z.array(z.string())),
    }),
  ),
  /** Lines of what a person brought that nobody understood, and that speak of a failure. */
  unread: maybe(z.array(z.string())),
  /** What kinds of secrets were taken out, in words: `header cookie`, `parameter token`. */
  masked: maybe(z.array(z.string())),
}

export const evidenceSchema = z.looseObject(MEMBERS)

export type Evidence = z.infer<typeof evidenceSchema>
export type BrowserEvidence = NonNullable<Evidence['browser']>
export type BrowserEvent = NonNullable<BrowserEvidence['events']>[number]
export type ProbeEvidence = NonNullable<Evidence['probe']>
export type ProbeHttp = NonNullable<ProbeEvidence['http']>
export type WireFrame = NonNullable<ProbeEvidence['frames']>[number]
export type RetryEvidence = NonNullable<Evidence['retries']>[number]
export type ClientEvidence = NonNullable<Evidence['client']>
export type ProxyEvidence = NonNullable<Evidence['proxy']>
export type ServerEvent = NonNullable<Evidence['server']>[number]
export type PeerEvidence = NonNullable<Evidence['peers']>[number]
export type HeaderList = [string, string][]

export type EvidenceFault = 'not-json' | 'not-an-object' | 'wrong-shape'

/** The document can't be read as evidence; `problems` name the places, at most twenty of them. */
export class EvidenceError extends Error {
  readonly code: EvidenceFault
  readonly problems: readonly string[]

  constructor(code: EvidenceFault, problems: readonly string[]) {
    super(`Not an evidence document: ${problems.join('; ')}`)
    this.name = 'EvidenceError'
    this.code = code
    this.problems = problems
  }
}

const MOST_PROBLEMS = 20

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, at) =>
      typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key).slice(0, 60)}`,
    )
    .join('')

// The small zod carries no sentences of its own: only what it expected.
const complaint = (issue: z.core.$ZodIssue): string =>
  'expected' in issue ? `expected ${String(issue.expected)}` : issue.message

/**
 * Checks a parsed JSON value.
 * @throws EvidenceError with every wrong place, by path
 */
export function parseEvidence(value: unknown): Evidence {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EvidenceError('not-an-object', ['the document must be a JSON object'])
  }
  const names = Object.keys(value)
  if (names.length > 0 && !names.some((name) => Object.hasOwn(MEMBERS, name))) {
    const known = Object.keys(MEMBERS).join(', ')
    throw new EvidenceError('wrong-shape', [`the document has none of the members ${known}`])
  }
  const parsed = z.safeParse(evidenceSchema, value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => `${pathOf(issue.path) || 'document'}: ${complaint(issue)}`)
  throw new EvidenceError('wrong-shape', problems)
}

/**
 * Reads an evidence document from JSON text: bare, or as the `evidence` member of a recorded case.
 * @throws EvidenceError
 */
export function readEvidence(json: string): Evidence {
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new EvidenceError('not-json', [error instanceof Error ? error.message : 'no JSON'])
  }
  return parseEvidence(unwrapped(value))
}

function unwrapped(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'evidence' in value ? value.evidence : value
}
