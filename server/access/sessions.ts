/** Browsers that have shown the token: a random id in a cookie, known until it expires or the server ends. */
import { createSecret, keyOfSecret } from '#server/access/secrets.ts'

export interface Sessions {
  /** Begins a session. Returns the value of `Set-Cookie`. */
  begin(isSecure: boolean): string
  /** Whether the request's `Cookie` header names a session. */
  has(cookies: string | undefined): boolean
  /** Ends the session that the header names. Returns the value of `Set-Cookie` that deletes the cookie. */
  end(cookies: string | undefined): string
}

export const LIFE_SECONDS = 7 * 86_400
/** The oldest makes room. */
const MOST_SESSIONS = 1000

/** @param port browsers send the cookies of one host to all of its ports, so each server has a name of its own */
export function createSessions(port: number, now: () => number = Date.now): Sessions {
  const name = `why1006-${port}`
  /** By the digest of its id: when it expires. */
  const expiries = new Map<string, number>()

  const keyIn = (cookies: string | undefined): string | undefined => {
    const id = cookieNamed(name, cookies)
    return id === undefined ? undefined : keyOfSecret(id)
  }

  return {
    begin: (isSecure) => {
      const id = createSecret()
      expiries.set(keyOfSecret(id), now() + LIFE_SECONDS * 1000)
      const [oldest] = expiries.keys()
      if (expiries.size > MOST_SESSIONS && oldest !== undefined) expiries.delete(oldest)
      return setCookie(name, id, LIFE_SECONDS, isSecure)
    },
    has: (cookies) => {
      const key = keyIn(cookies)
      return key !== undefined && (expiries.get(key) ?? 0) > now()
    },
    end: (cookies) => {
      const key = keyIn(cookies)
      if (key !== undefined) expiries.delete(key)
      return setCookie(name, '', 0, false)
    },
  }
}

/** The value of `Set-Cookie`. */
export const setCookie = (name: string, value: string, seconds: number, isSecure: boolean): string =>
  `${name}=${value}; Max-Age=${seconds}; HttpOnly; SameSite=Strict; Path=/${isSecure ? '; Secure' : ''}`

/** The first of the name (RFC 6265 §5.4 puts the most specific first). */
export function cookieNamed(name: string, cookies = ''): string | undefined {
  const found = cookies.split(';').find((pair) => pair.trimStart().startsWith(`${name}=`))
  return found?.slice(found.indexOf('=') + 1).trim()
}
