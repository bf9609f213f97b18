/** Refusals without words of a known program, whose form tells which program wrote them and why. */
import type { Signs } from '#lib/applications/application.ts'
import { engineOf } from '#lib/applications/opens.ts'
import socketIo from '#lib/applications/protocols/socket-io.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { Evidence, ProbeHttp } from '#lib/evidence/schema.ts'
import { isTimerOf } from '#lib/facts/application.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export function toldByShape(evidence: Evidence, signs: Signs): Told[] {
  const http = evidence.probe?.http
  const { stage } = outcomeOfProbe(evidence.probe ?? {})
  if (stage === 'handshake') return ofHangUp(evidence, signs)
  if (stage !== 'answer' || http?.status !== 400) return []
  return isPathRefusalOfWs(http) ? ofWs(evidence, signs) : ofEngine(http, signs)
}

/**
 * `abortHandshake(socket, 400)` of `ws` without a message (lib/websocket-server.js): with a handshake that is complete
 * it comes from `shouldHandle` alone, which compares the path. Proxies add headers and change none of these.
 */
const isPathRefusalOfWs = ({ headers, body_start: body }: ProbeHttp): boolean =>
  body === 'Bad Request' &&
  headerValue(headers, 'content-type') === 'text/html' &&
  headerValue(headers, 'content-length') === String(body.length)

/** Vite puts a check of its own in that place: the host, then the token of a page. */
const hasOwnCheck = ({ subprotocols = [] }: Signs): boolean =>
  subprotocols.some((name) => /^vite-/.test(name))

function ofWs({ probe, retries = [] }: Evidence, signs: Signs): Told[] {
  const told = { side: 'server', program: 'ws', status: 400, from: 'probe.http.body_start' } as const
  if (!hasOwnCheck(signs)) {
    const detail = sentence`A bare 400 “Bad Request” is how ws, the library of Node servers, refuses a path that is not in its path option`
    return [{ ...told, means: 'no-route', detail }]
  }
  // Who sends no Origin needs no token: what is refused then is the host.
  const bare = retries.find(({ vary, status }) => vary.origin === null && status === 400)
  if (bare === undefined && probe?.origin !== null) return []
  const detail = sentence`Vite refuses who sends no Origin as well: the host that it is asked for is not in its list`
  return [{ ...told, means: 'host-refused', detail }]
}

/**
 * `abortUpgrade` of Engine.IO (lib/server.ts; `abortConnection` in version 3): no other writes this name so. A proxy
 * writes it its own way; then its address tells, beside a text that is called HTML and is none.
 */
const isOfEngine = ({ headers = [], body_start: body = '' }: ProbeHttp, { url }: Signs): boolean =>
  headers.some(
    ([name, value]) =>
      value === 'text/html' &&
      (name === 'Content-type' ||
        (/^content-type$/i.test(name) && engineOf(url) !== undefined && body !== '')),
  ) && /^(?!\s*<)[^\r\n]{0,500}$/.test(body)

/** Its own words; every other is what the application's `allowRequest` gave. */
const OF_ENGINE: Readonly<Record<string, Meaning>> = {
  'Transport unknown': 'transport-unknown',
  'Session ID unknown': 'session-unknown',
  'Bad handshake method': 'handshake-header',
  'Bad request': 'handshake-header',
  'Unsupported protocol version': 'application-protocol',
}

function ofEngine(http: ProbeHttp, signs: Signs): Told[] {
  if (!isOfEngine(http, signs)) return []
  const body = http.body_start ?? ''
  const means = OF_ENGINE[body] ?? refusalIn(body)
  const detail =
    OF_ENGINE[body] === undefined
      ? sentence`${body === '' ? 'An empty 400 in the form of Engine.IO' : `“${excerpt(body)}”`}: the server’s allowRequest refused it, or its list of origins`
      : sentence`“${excerpt(body)}”`
  return [{ means, side: 'server', program: 'engine.io', status: 400, from: 'probe.http.body_start', detail }]
}

const refusalIn = (body: string): Meaning => {
  const means = meaningOfReason(body)
  return means === 'unauthorized' || means === 'origin-refused' ? means : 'forbidden'
}

/** Engine.IO ends after a second what asks for a path that is not its own. */
function ofHangUp(evidence: Evidence, signs: Signs): Told[] {
  if (!isTimerOf(socketIo, evidence, signs)) return []
  const detail = sentence`Each attempt was ended 1 s after the request, as Engine.IO does at every path but that of its path option`
  return [{ means: 'no-route', side: 'server', program: 'engine.io', from: 'probe.end', detail }]
}
