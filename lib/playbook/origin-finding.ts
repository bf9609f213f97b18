/** Whether the page's Origin and Host reached the backend as they were sent. */
import type { Facts } from '#lib/diagnosis/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'

export type OriginArrival = { changed: boolean; because: Because }

const normal = (origin: string): string => origin.toLowerCase().replace(/\/$/, '')

/** Undefined where nobody saw the request arrive, or nobody knows what was sent. */
export function originArrived(facts: Facts): OriginArrival | undefined {
  const { request } = facts.backend
  const sent = facts.target.pageOrigin
  if (!request?.headers || sent === undefined) return undefined
  const from = `server[${request.at}].headers`
  // Sandboxed frames, data: and file: pages send “null” themselves (WHATWG HTML, opaque origins).
  if (request.origin === 'null') return undefined
  if (request.origin === undefined) {
    return { changed: true, because: say(`The page sent Origin ${sent}, and none arrived`, from) }
  }
  if (normal(request.origin) !== normal(sent)) {
    return {
      changed: true,
      because: say(`The page sent Origin ${sent}, and ${request.origin} arrived`, from),
    }
  }
  return { changed: false, because: say(`Origin ${sent} arrived as it was sent`, from) }
}

/** Host must name what the client asked for, or checks of Origin against Host fail. */
export function hostArrived(facts: Facts): OriginArrival | undefined {
  const { request } = facts.backend
  const { url } = facts.target
  if (!request?.host || !url) return undefined
  const from = `server[${request.at}].headers`
  const changed = request.host.toLowerCase() !== url.host.toLowerCase()
  const says = changed
    ? `The client asked for ${url.host}, and the backend was told ${request.host}`
    : `Host ${request.host} arrived as it was sent`
  return { changed, because: say(says, from) }
}

/** The backend's refusal names another origin, or another host, than the client sent. */
export function refusalNamesOther(facts: Facts): Because | undefined {
  const { answer, target } = facts
  const body = answer?.body ?? ''
  if (!target.pageOrigin || !/\borigin\b/i.test(body)) return undefined
  const named = body.toLowerCase().includes(normal(target.pageOrigin))
  const host = /\bhost\b["' :=]{1,4}([\w.:[\]-]{3,})/i.exec(body)?.[1]
  if (named && host && target.url && host.toLowerCase() !== target.url.host.toLowerCase()) {
    return say(`The backend compared the origin with the host ${host}`, 'probe.http.body_start')
  }
  const other = /none|null|missing|empty|undefined|https?:\/\//i.test(body)
  return !named && other
    ? say('The refusal names another origin than the page sent', 'probe.http.body_start')
    : undefined
}

/** The page stands where the socket leads: a server that compares Origin with Host would let it in. */
export function isOwnOrigin({ target }: Facts): boolean {
  const page = target.pageOrigin === undefined ? null : URL.parse(target.pageOrigin)
  return page !== null && page.host !== '' && page.host === target.url?.host
}
