/** Secrets: how they are made, and how a given one is compared so that the time it takes tells nothing. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, as 43 characters that need no escape in a URL, a header or a cookie. */
export const createSecret = (): string => randomBytes(32).toString('base64url')

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** What a secret is kept by, where many are: looking it up compares digests, never the secret. */
export const keyOfSecret = (secret: string): string => digestOf(secret).toString('base64url')

/** Compares with one secret in constant time, whatever the length of what is given. */
export function createMatcher(secret: string): (given: string) => boolean {
  const wanted = digestOf(secret)
  return (given) => timingSafeEqual(digestOf(given), wanted)
}
