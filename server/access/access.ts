/**
 * Who may use pages, API, lab and the sockets of this server's own pages. Whoever is plainly at this machine may; everybody
 * else shows the token: a program as `Authorization: Bearer`, a browser once, for the cookie of a session.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Problem } from '#lib/api/problem.ts'
import { isLoopbackAddress } from '#lib/protocol/host.ts'
import { createBuckets, type Rate, secondsOf } from '#server/access/buckets.ts'
import { askingOf, type Caller, callerOf } from '#server/access/caller.ts'
import { clientAddressOf, isTrusted, limitKeyOf, type Networks } from '#server/access/client-address.ts'
import { createMatcher, createSecret } from '#server/access/secrets.ts'
import { createSessions } from '#server/access/sessions.ts'
import { createSharedSessions } from '#server/access/shared-sessions.ts'
import type { Facts } from '#server/redis/facts.ts'

export interface AccessOptions {
  /** `ACCESS_TOKEN`; one is made up where it is not given. */
  readonly token: string | undefined
  readonly port: number
  readonly trustedProxies: Networks
  /** What instances tell one another: with the same token they have the same sessions. */
  readonly facts?: Facts | undefined
  /** A wrong token came from this address. */
  readonly refused?: (address: string) => void
  /** Somebody who is not at this machine was asked for the token for the first time. */
  readonly asked?: () => void
  readonly wrongTokens?: Rate
}

export interface Refusal {
  readonly status: 401 | 429
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>
}

export type SignIn = { readonly cookie: string } | { readonly refusal: Refusal }

export interface Access {
  /** The token, where it was made up here. */
  readonly madeUpToken: string | undefined
  /** `local`: plainly at this machine. Behind a trusted proxy nobody is, even where it says nothing of whom it asks for. */
  callerOf(request: IncomingMessage): Caller
  /** Whether this end of a TCP connection is no stranger's: of this machine, or of a trusted proxy. */
  isPeerTrusted(socket: Pick<Socket, 'remoteAddress'>): boolean
  /** The address of whoever asks, as far as trusted proxies tell it. */
  addressOf(request: IncomingMessage): string
  /** Undefined where whoever sends the request may go on. */
  refusalOf(request: IncomingMessage): Refusal | undefined
  /** Exchanges the token for the cookie of a session. */
  signIn(request: IncomingMessage, token: string): SignIn
  /** Ends the session of the request. Returns the value of `Set-Cookie`. */
  signOut(request: IncomingMessage): string
}

/** Of one address: a person mistypes, a program guesses. */
const WRONG_TOKENS: Rate = { burst: 10, perSecond: 10 / 60 }

export function createAccess(options: AccessOptions): Access {
  const { token, port, trustedProxies, facts, wrongTokens = WRONG_TOKENS } = options
  const madeUpToken = token === undefined ? createSecret() : undefined
  const matches = createMatcher(token ?? madeUpToken ?? createSecret())
  const sessions = facts && token !== undefined ? createSharedSessions(token, facts) : createSessions(port)
  const wrong = createBuckets(wrongTokens)
  let hasAsked = false

  const addressOf = (request: IncomingMessage) => clientAddressOf(request, trustedProxies)

  const judgeToken = (request: IncomingMessage, given: string): Refusal | undefined => {
    const address = addressOf(request)
    const key = limitKeyOf(address)
    // Who has guessed too often is not compared any more, so that the answer tells nothing.
    const waitMs = wrong.waitFor(key)
    if (waitMs > 0) return tooManyTokens(secondsOf(waitMs))
    if (matches(given)) return undefined
    wrong.take(key)
    options.refused?.(address)
    return unauthorized('The token is wrong.')
  }

  const callerOfRequest = (request: IncomingMessage): Caller =>
    isTrusted(request.socket.remoteAddress, trustedProxies) ? 'remote' : callerOf(askingOf(request))

  return {
    madeUpToken,
    callerOf: callerOfRequest,
    addressOf,
    isPeerTrusted: ({ remoteAddress = '' }) =>
      isLoopbackAddress(remoteAddress) || isTrusted(remoteAddress, trustedProxies),
    refusalOf: (request) => {
      if (callerOfRequest(request) === 'local' || sessions.has(request.headers.cookie)) return undefined
      const given = bearerOf(request)
      if (given !== undefined) return judgeToken(request, given)
      if (!hasAsked) options.asked?.()
      hasAsked = true
      return unauthorized('Who is not at the machine of this server needs its access token.')
    },
    signIn: (request, given) => {
      const refusal = judgeToken(request, given)
      return refusal ? { refusal } : { cookie: sessions.begin(isSecure(request)) }
    },
    signOut: ({ headers }) => sessions.end(headers.cookie),
  }
}

function bearerOf({ headers: { authorization } }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}

/** A false word on it makes the sender's own cookie useless, and nothing else. */
function isSecure({ socket, headers }: IncomingMessage): boolean {
  return socket instanceof TLSSocket || headers['x-forwarded-proto'] === 'https'
}

const unauthorized = (message: string): Refusal => ({
  status: 401,
  problem: {
    error: 'unauthorized',
    message,
    remedy:
      'Open /sign-in in a browser, or send the token as “Authorization: Bearer …”. It is ACCESS_TOKEN, or in the link that the server printed.',
  },
  headers: { 'WWW-Authenticate': 'Bearer realm="Why1006"' },
})

const tooManyTokens = (seconds: number): Refusal => ({
  status: 429,
  problem: {
    error: 'too_many_tokens',
    message: 'Too many wrong tokens came from this address.',
    remedy: `Wait ${seconds} s, then try the right one.`,
  },
  headers: { 'Retry-After': String(seconds) },
})
