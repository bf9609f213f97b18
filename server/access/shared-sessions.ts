/**
 * Sessions that every instance knows which has the same token: the cookie is signed with a key that the token yields, so
 * that nobody has to be asked. That a session has ended is told to the other instances.
 */
import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto'
import { createSecret, keyOfSecret } from '#server/access/secrets.ts'
import { cookieNamed, LIFE_SECONDS, type Sessions, setCookie } from '#server/access/sessions.ts'
import type { Facts } from '#server/redis/facts.ts'

const KIND = 'session-ended'

/** @param token the access token, which all instances share */
export function createSharedSessions(token: string, facts: Facts, now: () => number = Date.now): Sessions {
  // Slow on purpose: whoever got hold of a cookie must not find the token by trying.
  const key = scryptSync(token, 'why1006 sessions', 32)
  const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest()
  // Of all instances the same, whatever their ports, and of another deployment another.
  const name = `why1006-${signatureOf('name').toString('hex').slice(0, 8)}`
  /** By the digest of the session's id: until when its cookie would count. */
  const ended = new Map<string, number>()

  facts.hear((fact) => {
    if (fact.kind !== KIND || !('session' in fact)) return
    for (const [session, expiresMs] of ended) if (expiresMs <= now()) ended.delete(session)
    ended.set(String(fact.session), fact.expiresMs)
  })

  /** `<id>.<when it expires, in milliseconds, base 36>.<signature>` */
  const sessionIn = (cookies: string | undefined): { session: string; expiresMs: number } | undefined => {
    const [id = '', expires = '', signature = ''] = cookieNamed(name, cookies)?.split('.') ?? []
    const given = Buffer.from(signature, 'base64url')
    const wanted = signatureOf(`${id}.${expires}`)
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
    return { session: keyOfSecret(id), expiresMs: Number.parseInt(expires, 36) }
  }

  return {
    begin: (isSecure) => {
      const text = `${createSecret()}.${(now() + LIFE_SECONDS * 1000).toString(36)}`
      return setCookie(name, `${text}.${signatureOf(text).toString('base64url')}`, LIFE_SECONDS, isSecure)
    },
    has: (cookies) => {
      const found = sessionIn(cookies)
      return found !== undefined && found.expiresMs > now() && !ended.has(found.session)
    },
    end: (cookies) => {
      const found = sessionIn(cookies)
      if (found && found.expiresMs > now()) facts.tell({ kind: KIND, ...found })
      return setCookie(name, '', 0, false)
    },
  }
}
