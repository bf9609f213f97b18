/** The protocol above WebSocket, as far as the evidence shows it, and what was said in it. */
import type { Application, Reading, Signs } from '#lib/applications/application.ts'
import {
  applicationOf,
  hangsUp,
  isShown,
  type Recognized,
  recognize,
  type Sign,
} from '#lib/applications/recognize.ts'
import { firstMessageOf, signsOf } from '#lib/applications/signs.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import { isLost, outcomeOfProbe, outcomeOfRetry } from '#lib/evidence/probe-outcome.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

export type ApplicationView = {
  application: Application
  version: string | undefined
  /** Undefined where the evidence itself names it. */
  by: Sign | undefined
  signs: Signs
  /** The probe said something for it, other than a beat or an answer to one. */
  spoke: readonly string[]
  quiet: boolean
}

export function readApplication(evidence: Evidence): ApplicationView | undefined {
  const { application: told, probe } = evidence
  const signs = signsOf(evidence)
  const named = told?.protocol === undefined ? undefined : applicationOf(told.protocol)
  const found = shownIn(evidence, signs)
  const application = named ?? found?.application
  if (application === undefined) return undefined
  const version = told?.version === undefined ? found?.version : String(told.version)
  return {
    application,
    version,
    by: found?.application === application ? found.by : undefined,
    signs,
    spoke: countedWords(probe?.sent?.flatMap(({ means }) => means ?? []) ?? []),
    quiet: told?.quiet === true,
  }
}

/** The protocol that is usual at an address, where nothing shows it: enough for advice, and for nothing else. */
export function habitOf(evidence: Evidence): ApplicationView | undefined {
  const signs = signsOf(evidence)
  const found = recognize(signs)
  if (found?.by !== 'usual') return undefined
  const { application, by } = found
  return { application, version: undefined, by, signs, spoke: [], quiet: false }
}

type Speaking = { readonly application?: string }

/** The protocol of which a program's own words are, where nothing else shows one: the same, for advice alone. */
export function toldOf(
  evidence: Evidence,
  { server, client }: { server: readonly Speaking[]; client: readonly Speaking[] },
): ApplicationView | undefined {
  const named = [...server, ...client].flatMap(({ application: id }) => id ?? [])[0]
  const application = named === undefined ? undefined : applicationOf(named)
  if (application === undefined) return undefined
  const signs = signsOf(evidence)
  return { application, version: undefined, by: undefined, signs, spoke: [], quiet: false }
}

/** A habit of addresses or of timing counts once a retry was spoken to in that protocol. */
function shownIn({ retries = [], probe }: Evidence, signs: Signs): Recognized | undefined {
  const found = recognize(signs)
  if (found && isShown(found.by)) return found
  if (found && isTimerOf(found.application, { retries }, signs)) return found
  const wasSilent = probe !== undefined && outcomeOfProbe(probe).stage === 'handshake'
  return retries
    .slice(0, MOST_RETRIES)
    .map((retry) => shownByRetry(retry, wasSilent))
    .find((each) => each !== undefined && isShown(each.by))
}

/** The first attempt and a retry were hung up on after the same time: one may be a whim, two are the protocol's timer. */
export function isTimerOf({ marks }: Application, { retries = [] }: Pick<Evidence, 'retries'>, signs: Signs) {
  const isAsLong = (ms: number | undefined) => hangsUp(marks.hangsUpAfterMs, ms)
  return (
    isAsLong(signs.hungUpAfterMs) &&
    retries.some(({ status, end }) => status === undefined && end?.kind === 'fin' && isAsLong(end.ms))
  )
}

/** What opened and stayed; or what was answered at all, where without it the server is silent. */
function shownByRetry(retry: RetryEvidence, wasSilent: boolean): Recognized | undefined {
  const { vary, headers } = retry
  const outcome = outcomeOfRetry(retry)
  if (outcome.stage === 'answer' && wasSilent && vary.subprotocols?.length === 1)
    return recognize({ subprotocols: vary.subprotocols })
  // Many servers pick whatever is offered first, and end it as before.
  if (outcome.stage !== 'open' || isLost(outcome.end)) return undefined
  return recognize({
    url: URL.parse(vary.url ?? '') ?? undefined,
    picked: headerValue(headers, 'sec-websocket-protocol'),
    messages: firstMessageOf(retry),
  })
}

const MOST_RETRIES = 50
const MOST_WORDS = 6

/** Each once, with how often it was: `answered a ping of the server (2) with 3 (twice)`. */
function countedWords(means: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const words of means) counts.set(words, (counts.get(words) ?? 0) + 1)
  return [...counts]
    .slice(0, MOST_WORDS)
    .map(([words, count]) => (count === 1 ? words : `${words}, ${count} times`))
}

/** What one of the protocol's messages says that is no sentence. */
export const readingOf = (view: ApplicationView, message: string): Reading | undefined =>
  view.application.reads?.(message, view.signs)
