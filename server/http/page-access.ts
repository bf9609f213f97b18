/** The one exception to "only pages of this server": recorders on pages of `ALLOWED_ORIGINS` may send what they saw. */
import type { IncomingMessage } from 'node:http'
import type { Site } from '#server/config/site.ts'

export const recordingsPath = '/api/recordings'

const preflightSeconds = 600

/** Whether the page that asks may send recordings, and the headers by which its browser lets it (Fetch Standard §3.3). */
export function pageAccess({ headers }: IncomingMessage, site: Site): Record<string, string> | undefined {
  const { origin, host } = headers
  if (origin === undefined) return undefined
  const isAllowed = site.allowedOrigins.includes(origin.toLowerCase()) || site.isOwnOrigin(origin, host)
  return isAllowed ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : undefined
}

/** What a browser asks before the POST, since no form can send JSON. */
export const preflightHeaders = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'content-type',
  'Access-Control-Max-Age': String(preflightSeconds),
}
