/** Traefik: it passes upgrades on by itself, and has no timer for them (doc.traefik.io, entryPoints). */
import { linesWith, type OtherCheck, type OtherFinding } from '#lib/configs/others/finding.ts'
import { yaml } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

const LINGERING =
  /^\s{0,200}lingeringTimeout\s{0,10}[:=]|--entry[Pp]oints\.[^\s=]{1,200}\.lingering[Tt]imeout\b/
const DROPPED =
  /^\s{0,200}["']?(Upgrade|Connection)["']?(?::\s{1,20}|\s{0,20}=\s{0,20})["']?(?!.{0,40}upgrade)([\w-]{0,40})["']?\s{0,20}$/i
const OVER_HTTP2 =
  /^\s{0,200}(?:- )?["']?(?:url["']?(?::\s{1,20}|\s{0,20}=\s{0,20})["']?h2c:\/\/|scheme["']?(?::\s{1,20}|\s{0,20}=\s{0,20})["']?h2c\b)|\.server\.scheme[=:] ?["']?h2c\b/

export const traefik: OtherCheck = (lines) => [
  ...linesWith(lines, LINGERING).map(
    ({ line }): OtherFinding => ({
      rule: 'lingering-timeout',
      severity: 'error',
      line,
      cause: 'proxy-misconfigured',
      says: sentence`lingeringTimeout exists in Traefik 2.11.1 and 3.0.0-rc4 alone. Every other version refuses to start with it (“field not found, node: tcp”), and needs none for WebSockets.`,
      change: {
        program: 'traefik',
        where: sentence`Traefik, static configuration: respondingTimeouts without tcp and lingeringTimeout`,
        text: yaml`transport:\n  respondingTimeouts:\n    readTimeout: 0s`,
      },
    }),
  ),
  ...linesWith(inRequestHeaders(lines), DROPPED).map(
    ({ line, groups: [, header = ''] }): OtherFinding => ({
      rule: 'header-dropped',
      severity: 'error',
      line,
      cause: 'upgrade-headers-stripped',
      says: sentence`customRequestHeaders takes ${header} away from every request: no upgrade arrives at the backend.`,
      change: {
        program: 'traefik',
        where: sentence`Traefik, the middleware without Upgrade and Connection`,
        text: yaml`headers:\n  customRequestHeaders:\n    X-Forwarded-Proto: "https"`,
      },
    }),
  ),
  ...linesWith(lines, OVER_HTTP2).map(
    ({ line }): OtherFinding => ({
      rule: 'http2-backend',
      severity: 'error',
      line,
      cause: 'http2-websocket',
      says: sentence`The backend is asked over HTTP/2 (h2c), where an upgrade does not exist: WebSockets need HTTP/1.1.`,
      change: {
        program: 'traefik',
        where: sentence`Traefik, a service of its own for WebSockets`,
        text: yaml`loadBalancer:\n  servers:\n    - url: "http://YOUR_BACKEND"`,
      },
    }),
  ),
]

const TABLE = /^\s{0,200}\[[^\]\n]{1,300}\.headers\.customRequestHeaders\]/i

/** The lines below customRequestHeaders, with all others blank. */
function inRequestHeaders(lines: readonly string[]): string[] {
  let depth: number | undefined
  return lines.map((text) => {
    const indent = text.length - text.trimStart().length
    // A table of TOML ends where the next one begins.
    if (/^\s{0,200}\[/.test(text)) depth = TABLE.test(text) ? -1 : undefined
    if (depth !== undefined && text.trim() !== '' && indent <= depth) depth = undefined
    if (/^\s{0,200}customRequestHeaders:\s{0,20}$/.test(text)) depth = indent
    return depth === undefined ? '' : text
  })
}
