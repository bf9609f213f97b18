/**
 * The contract of a cause: everything there is to know about one reason why a WebSocket fails, kept whole.
 *
 * The diagnosis collects the `signals` of all causes and runs `test`, the reference pages print `explain`, reports
 * and pages print `fix`, and the lab runs `reproduce`. Adding a cause touches its file, its line in the catalogue
 * and its two fixtures.
 */
import type { WantedRetry } from '#lib/evidence/retry-kinds.ts'
import { type Because, say } from '#lib/facts/because.ts'
import type { Ending } from '#lib/facts/ending/ending.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Opener } from '#lib/facts/retries.ts'
import type { Fix } from '#lib/text/fix.ts'

export type Stage = 'page' | 'dns' | 'tcp' | 'tls' | 'handshake' | 'lost' | 'closed' | 'ailing'

/**
 * Where it happens: at the client, on the network, at whatever answers in front of the server (proxy, load balancer,
 * what ends TLS), or at the server itself. Trying again without the proxy, or from another machine, tells them apart.
 */
export type Side = 'client' | 'network' | 'proxy' | 'server'

export type Certainty = 'proven' | 'likely' | 'possible'

/** What would settle an open question: a member of the evidence document, or a retry with one thing changed. */
export type Observation =
  | 'browser.events'
  | 'browser.console'
  | 'client'
  | 'elsewhere'
  | 'probe'
  | 'proxy.access_log'
  | 'proxy.error_log'
  | 'proxy.config'
  | 'server'
  | 'peers'
  | `retries.${WantedRetry}`

/**
 * What a test found. `proven` is a claim that the observation admits no other cause; the judge lowers it when
 * another cause stays open all the same. `weight` (0 to 1, default 0.5) orders causes of equal certainty.
 */
export type Finding =
  | {
      is: Certainty
      because: Because[]
      missing?: Observation[]
      weight?: number
      /** The server itself gave this as its reason, in words of its protocol: what is told by the mechanism (a code, a cut) is explained by it. */
      stated?: true
    }
  | { is: 'ruled-out'; because: Because[] }
  | { is: 'unknown'; missing: Observation[] }

/**
 * One observation that speaks for one cause. `decisive` admits no other cause for this connection, `strong` could
 * be a coincidence.
 */
export type Signal = { strength: 'decisive' | 'strong'; because: Because }

/** All signals there are, as one cause sees them: its own, and those of all other causes together. */
export type Signals = { own: readonly Signal[]; others: readonly Signal[] }

/** The article of a cause, in Markdown; under 400 words altogether. */
export type Article = {
  /** What happens on the wire. */
  wire: string
  /** Why the browser tells so little of it. */
  browser: string
  /** How to confirm. */
  sure: string
  /** Where the facts come from. */
  sources: { title: string; url: string }[]
}

export type Cause = {
  id: string
  stage: Stage
  side: Side
  title: string
  /** What a person sees, in one sentence. */
  symptom: string
  /** The endings that this cause can explain; the judge rules it out under every other, and says why. */
  endings: readonly Ending['kind'][]
  /** What settles the cause; named as missing when it is not there and the cause stays open. */
  needs: readonly Observation[]
  /**
   * What speaks for this cause and against others that look the same. Called under every ending, before any test;
   * absent where the facts alone settle the cause. A cause that throws here is not tested.
   */
  signals?: (facts: Facts) => Signal[]
  /**
   * The changes with which a connection that fails for this cause opens: a retry that made one of them, and stayed
   * open, leaves the causes that have no such change merely possible.
   */
  opensWith?: readonly Opener['question'][]
  /** It says how a connection failed, and finer causes are behind it: words alone do not prove it. */
  isUmbrella?: true
  /** Weighs the facts, and its own signals against the others'. Called only under one of `endings`. */
  test: (facts: Facts, signals: Signals) => Finding
  explain: Article
  /**
   * What people read in it is made by `sentence`, what programs read by the tag of their syntax: nothing of the
   * evidence gets into either as it came.
   */
  fix: (facts: Facts) => Fix
  /** The fault of the lab that shows it; null where none can. */
  reproduce: string | null
}

/** Gives a cause its type, and nothing else. */
export const defineCause = (cause: Cause): Cause => cause

export const decisive = (because: Because): Signal => ({ strength: 'decisive', because })
export const strong = (because: Because): Signal => ({ strength: 'strong', because })

export const proven = (...because: Because[]): Finding => ({ is: 'proven', because })
/** Proven by the server's own word for it. */
export const stated = (...because: Because[]): Finding => ({ is: 'proven', because, stated: true })
export const likely = (...because: Because[]): Finding => ({ is: 'likely', because })
export const possible = (...because: Because[]): Finding => ({ is: 'possible', because })
export const ruledOut = (...because: Because[]): Finding => ({ is: 'ruled-out', because })
export const unknown = (...missing: Observation[]): Finding => ({ is: 'unknown', missing })
/** The same finding, ahead of (above 0.5) or behind (below 0.5) others of its certainty. */
export const weighed = (finding: Finding, weight: number): Finding =>
  finding.is === 'ruled-out' || finding.is === 'unknown' ? finding : { ...finding, weight }

export { type Because, say }
