/** Whether the page's Origin and Host reached the backend as they were sent. */
import type { Facts } from '#lib/facts/facts.ts'
import type { ConfigFinding } from '#lib/facts/settings.ts'
import { toldByAny } from '#lib/facts/told.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { sentence } from '#lib/text/foreign.ts'

export type OriginArrival = { changed: boolean; because: Because }

/** What stood in the handshake that was answered: the probe may have sent another Origin than the page. */
export function sentOrigin({ ending, probe, target }: Facts): string | undefined {
  const probed = probe?.evidence.origin
  return ending.seenBy === 'probe' && probed !== undefined ? (probed ?? undefined) : target.pageOrigin
}

const normal = (origin: string): string => origin.toLowerCase().replace(/\/$/, '')

/** Undefined where nobody saw the request arrive, or nobody knows what was sent. */
export function originArrived(facts: Facts): OriginArrival | undefined {
  const { request } = facts.backend
  const sent = facts.target.pageOrigin
  if (!request?.headers || sent === undefined) return undefined
  const from = `server[${request.at}].headers`
  // The backend may have recorded the probe, which sent an Origin of its own, or none.
  const probed = facts.probe?.evidence.origin
  if (probed !== undefined && (probed ?? undefined) === request.origin) return undefined
  // Sandboxed frames, data: and file: pages send “null” themselves (WHATWG HTML, opaque origins).
  if (request.origin === 'null') return undefined
  if (request.origin === undefined) {
    return { changed: true, because: say(sentence`The page sent Origin ${sent}, and none arrived`, from) }
  }
  if (normal(request.origin) !== normal(sent)) {
    return {
      changed: true,
      because: say(sentence`The page sent Origin ${sent}, and ${request.origin} arrived`, from),
    }
  }
  return { changed: false, because: say(sentence`Origin ${sent} arrived as it was sent`, from) }
}

/** Host must name what the client asked for, or checks of Origin against Host fail. */
export function hostArrived(facts: Facts): OriginArrival | undefined {
  const { request } = facts.backend
  const { url } = facts.target
  if (!request?.host || !url) return undefined
  const from = `server[${request.at}].headers`
  const changed = request.host.toLowerCase() !== url.host.toLowerCase()
  const says = changed
    ? sentence`The client asked for ${url.host}, and the backend was told ${request.host}`
    : sentence`Host ${request.host} arrived as it was sent`
  return { changed, because: say(says, from) }
}

/** The backend's refusal names another origin, or another host, than the client sent. */
export function refusalNamesOther(facts: Facts): Because | undefined {
  const { answer, target } = facts
  const body = answer?.body ?? ''
  const sent = sentOrigin(facts)
  if (!sent || !/\borigin\b/i.test(body)) return undefined
  const named = body.toLowerCase().includes(normal(sent))
  const host = /\bhost\b["' :=]{1,4}([\w.:[\]-]{3,})/i.exec(body)?.[1]
  if (named && host && target.url && host.toLowerCase() !== target.url.host.toLowerCase()) {
    return say(sentence`The backend compared the origin with the host ${host}`, 'probe.http.body_start')
  }
  const other = /none|null|missing|empty|undefined|https?:\/\//i.test(body)
  return !named && other
    ? say('The refusal names another origin than the page sent', 'probe.http.body_start')
    : undefined
}

/** The server's own Origin, none, and the one that was sent: all were refused alike. */
export function originIsIndifferent(facts: Facts): boolean {
  const { retries, probe, target } = facts
  const own = target.url && `${target.secure ? 'https' : 'http'}://${target.url.host}`
  const sent = [probe?.evidence.origin, ...retries.origin.map(({ vary }) => vary.origin)]
  const isTried = sent.includes(null) && own !== undefined && sent.includes(own)
  return isTried && retries.origin.every(({ status, opened }) => !opened && status === facts.answer?.status)
}

/** The page stands where the socket leads: a server that compares Origin with Host would let it in. */
export function isOwnOrigin(facts: Facts): boolean {
  const sent = sentOrigin(facts)
  const page = sent === undefined ? null : URL.parse(sent)
  return page !== null && page.host !== '' && page.host === facts.target.url?.host
}

/**
 * Libraries that let in the origin of their own address unless told otherwise, by comparing Origin with Host: gorilla
 * (checkSameOrigin), coder (authenticateOrigin), Tornado (check_origin) and what is built on it, python-engineio.
 */
const SAME_ORIGIN = ['gorilla', 'coder-websocket', 'tornado', 'jupyter', 'cockpit', 'nats', 'python-engineio']

/** Such a library stands behind a proxy that shows, and refused the very address that was asked for: Host is another there. */
export function sameOriginRefused(facts: Facts): Because | undefined {
  const { stack, probe } = facts
  const isOfKind = stack.server.some((id) => SAME_ORIGIN.includes(id))
  const [hop] = hopsOf(probe?.evidence.http?.headers ?? [])
  if (!isOfKind || hop === undefined || !isOwnOrigin(facts)) return undefined
  return say(
    sentence`This library compares Origin with Host, and refused the very address that was asked for: behind ${hop.who} another Host arrives`,
    'probe.http.headers',
  )
}

/** The proxy's configuration sends another Host, and what stands behind it refused the Origin, or answered 403 to a page on a port that Host lost. */
export function hostLost(facts: Facts): Because[] | undefined {
  const { answer, ending, settings, stack, told } = facts
  const finding = settings.findings.find(losesHost)
  if (finding === undefined || (answer !== undefined && answer.status !== 403)) return undefined
  const found = say(finding.says, finding.from)
  const refused = toldByAny(told, 'origin-refused')
  if (refused && stack.server.some((id) => SAME_ORIGIN.includes(id)))
    return [say(refused.detail, refused.from), found]
  return finding.rule === 'host-without-port' && answer !== undefined ? [...ending.because, found] : undefined
}

/** Where a level drops what the levels outside set, Host may be among it. */
const losesHost = ({ rule, says }: ConfigFinding): boolean =>
  rule === 'host-without-port' ||
  rule === 'host-not-forwarded' ||
  (rule === 'headers-not-inherited' && /[:,] Host\b/.test(says))

/** The page's socket did not open, and the probe, which was let in with its own Origin, was refused with the page's. */
export function pageRefused({ ending, probe, retries, target }: Facts): Because | undefined {
  const page = target.pageOrigin
  if (!probe?.opened || page === undefined) return undefined
  // A probe that sends no Origin is let in where browsers are not: its own success says nothing of a page's.
  const isBare = ending.kind === 'open' && ending.seenBy === 'probe' && probe.evidence.origin === null
  if (ending.kind !== 'unopened' && !isBare) return undefined
  const refused = retries.origin.find(
    ({ vary, status }) =>
      typeof vary.origin === 'string' &&
      normal(vary.origin) === normal(page) &&
      status !== undefined &&
      REFUSALS.includes(status),
  )
  if (!refused) return undefined
  const accepted = probe.evidence.origin ?? 'none'
  return say(
    sentence`With the page’s Origin ${page} the handshake is refused with ${refused.status ?? ''}; with Origin ${accepted} it is accepted`,
    refused.from,
  )
}

/** Statuses that refuse for good: 401 is what `ws` answers from verifyClient, 404 what ActionCable answers. */
export const REFUSALS: readonly number[] = [400, 401, 403, 404]
