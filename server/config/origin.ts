/** The grammar of an origin (RFC 6454 §6.2): scheme, host, and the port unless it is the scheme's own. */
import type { Parsed } from '#server/config/variables.ts'

const shape = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\s*,]+)\/?$/i

const examples = 'origins such as http://localhost:3000, separated by commas'

/** Judges one item of `ALLOWED_ORIGINS` and gives it the form in which browsers send it. */
export function parseOrigin(text: string): Parsed<string> {
  if (text === '*') {
    return {
      allowed: `${examples}. A wildcard would let every web page that you open talk to this server in your name, so name each origin`,
    }
  }
  if (text.toLowerCase() === 'null') {
    return { allowed: `${examples}. Every sandboxed frame and local file sends "null", so it names nobody` }
  }
  const match = shape.exec(text)
  const scheme = match?.[1]?.toLowerCase()
  if (scheme === undefined || !match?.[2]) return { allowed: `${examples}, without path, query or wildcard` }
  if (scheme === 'ws' || scheme === 'wss') {
    return {
      allowed: `${examples}. An origin is where the page comes from, so it starts with http, not ${scheme}`,
    }
  }
  if (scheme !== 'http' && scheme !== 'https') return { value: `${scheme}://${match[2]}`.toLowerCase() }
  return URL.canParse(text) ? { value: new URL(text).origin } : { allowed: examples }
}
