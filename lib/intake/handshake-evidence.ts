/** A handshake that somebody made by hand is what a probe sees: what was asked, what was answered, and what a client checks of it. */
import { checkHandshake } from '#lib/evidence/check-handshake.ts'
import type { Evidence, HeaderList, ProbeEvidence } from '#lib/evidence/schema.ts'
import type { HttpText } from '#lib/intake/http-text.ts'
import { acceptOf, isAccept, isKey } from '#lib/protocol/accept-key.ts'

/** @param isAlone that nothing else was brought which tells how it went on */
export function evidenceOfHttp({ url, request, response, program }: HttpText, isAlone: boolean): Evidence {
  if (response === undefined) return {}
  const header = (name: string) => request && headerOf(request.headers, name)
  const host = header('host')
  if (!isHandshakeRequest(request)) return {}
  const target = {
    ...(request && host !== undefined && { target: { url: `ws://${host}${request.target}` } }),
    ...(url !== undefined && { target: { url } }),
  }
  const asked = request && {
    origin: header('origin') ?? null,
    ...(isTypedBadly(header('sec-websocket-key')) && { bad_key: true }),
  }
  if (response.status !== 101)
    return { ...target, probe: { ...asked, http: response, end: { kind: 'http_response' } } }
  const checks = request && checksOf(request.headers, response.headers ?? [], program === 'curl')
  const isGood = checks !== undefined && Object.values(checks).every((passed) => passed !== false)
  return {
    ...target,
    probe: {
      ...asked,
      http: response,
      ...(checks && { checks }),
      // It waits for frames from then on, and whoever typed it ends it.
      ...(isGood && isAlone && { frames: [], end: { kind: 'open' } }),
    },
  }
}

/** A word in place of a key; not a key that was masked before it was shown. */
const isTypedBadly = (key: string | undefined): boolean =>
  key !== undefined && !isKey(key) && /^[A-Za-z0-9+/]{1,60}={0,2}$/.test(key) && !/redacted|xxx/i.test(key)

/** Whether an answer is one to a handshake, as far as its request is known. */
export const isHandshakeRequest = (request: HttpText['request']): boolean =>
  request === undefined || /websocket/i.test(headerOf(request.headers, 'upgrade') ?? '')

/** Undefined where the key or the accept value is not what was on the wire, but what somebody put in its place. */
export function checksOf(
  asked: HeaderList,
  answered: HeaderList,
  isWhole: boolean,
): ProbeEvidence['checks'] | undefined {
  const key = headerOf(asked, 'sec-websocket-key') ?? ''
  const accept = headerOf(answered, 'sec-websocket-accept')
  if (!isKey(key) || (accept === undefined ? !isWhole : !isAccept(accept))) return undefined
  const subprotocols = headerOf(asked, 'sec-websocket-protocol')?.split(',') ?? []
  return checkHandshake(answered, {
    expectedAccept: acceptOf(key),
    subprotocols: subprotocols.map((name) => name.trim()),
    extensions: headerOf(asked, 'sec-websocket-extensions'),
  })
}

export const headerOf = (headers: HeaderList, wanted: string): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
