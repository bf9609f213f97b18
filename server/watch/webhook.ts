/**
 * One JSON POST to somebody's endpoint, signed as Standard Webhooks 1.0.0 has it (standardwebhooks.com): HMAC-SHA256 over
 * `<webhook-id>.<webhook-timestamp>.<body>`, in base64 behind `v1,`. It is sent to the addresses that a probe may touch,
 * follows no redirect, and is tried three times at most.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'
import { createRunClock, pause } from '#server/probe/transport/clock.ts'
import { createResolver, failureCode, type HostAddress } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { jsonText } from '#server/wire/json.ts'

export interface Webhook {
  readonly url: URL
  /** `whsec_` and base64, or any text; undefined: it goes out unsigned. */
  readonly secret?: string | undefined
  readonly policy: AddressPolicy
}

export interface WebhookTools {
  readonly signal: AbortSignal
  /** How long one attempt may take, and the waits between attempts. */
  readonly attemptMs?: number
  readonly waitsMs?: readonly number[]
}

const ATTEMPT_MS = 10_000
const WAITS_MS = [2000, 10_000]
const USER_AGENT = 'why1006'

/** @throws ProbeRefusal for what is no http or https URL */
export function readWebhookUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new ProbeRefusal(
      'option-refused',
      sentence`A notification goes to an http:// or https:// URL, not “${text.slice(0, 80)}”.`,
    )
  }
  return url
}

/** The value of `webhook-signature`. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** @returns why it was not taken, for people; undefined where it was */
export async function postWebhook(
  { url, secret, policy }: Webhook,
  message: unknown,
  { signal, attemptMs = ATTEMPT_MS, waitsMs = WAITS_MS }: WebhookTools,
): Promise<Sentence | undefined> {
  const body = jsonText(message)
  const id = `msg_${randomUUID()}`
  for (let attempt = 0; ; attempt += 1) {
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': USER_AGENT,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      ...(secret !== undefined && { 'webhook-signature': signatureOf(secret, id, timestamp, body) }),
    }
    const { problem, isFinal } = await once({ url, policy }, headers, body, attemptMs, signal)
    const waitMs = waitsMs[attempt]
    if (problem === undefined || isFinal || waitMs === undefined) return problem
    if (!(await pause(waitMs, signal))) return problem
  }
}

interface Result {
  readonly problem?: Sentence
  /** Another attempt would end the same way. */
  readonly isFinal?: boolean
}

async function once(
  { url, policy }: Pick<Webhook, 'url' | 'policy'>,
  headers: Record<string, string | number>,
  body: string,
  attemptMs: number,
  signal: AbortSignal,
): Promise<Result> {
  const clock = createRunClock(() => performance.now(), { stageMs: attemptMs, runMs: attemptMs }).attempt()
  let addresses: HostAddress[]
  try {
    const found = await createResolver({ policy })(url.hostname, clock, signal)
    if (found.outcome === 'error') {
      return { problem: sentence`${url.hostname} was not found (${found.code}).` }
    }
    addresses = found.addresses
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    return { problem: error.message, isFinal: true }
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(clock.stageMs()))])
  const status = await new Promise<number | string>((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const lookup = known(addresses)
    const request = send(url, { method: 'POST', headers, agent: false, lookup, signal: limit })
    request.on('response', (response) => {
      // What it says is nobody's business here, and may be without end.
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', (error) => resolve(limit.aborted && !signal.aborted ? 'timeout' : failureCode(error)))
    request.end(body)
  })
  if (typeof status === 'string') {
    return {
      problem:
        status === 'timeout'
          ? sentence`${url.host} did not answer within ${attemptMs / 1000} s.`
          : sentence`${url.host} could not be reached (${status}).`,
    }
  }
  if (status >= 200 && status < 300) return {}
  const isTemporary = status >= 500 || status === 429 || status === 408
  return { problem: sentence`${url.host} answered ${status}.`, isFinal: !isTemporary }
}

/** Resolved and judged before: nobody asks again, and gets another answer. */
const known =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_hostname, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family ?? 4)
  }
