/** A proxy that answers with an error over a setting of its own, and asked no backend. */
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import type { Told } from '#lib/facts/told-line.ts'
import type { Sign } from '#lib/logs/record.ts'
import { apache, nginx } from '#lib/text/configurations.ts'
import type { Fix } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'

export const OWN_SETTINGS: readonly Sign[] = [
  'no-protocol-handler',
  'no-resolver',
  'setting-wrong',
  'upstream-tls-off',
]

const UNRESOLVED = /\bno resolver defined to resolve (\S{1,253})/
const IN_A_CIRCLE = /\bcycle\b|\binternal redirects\b/
const IN_SUBREQUEST = /\bupgrade in subrequest\b/
const DECODED = /\bTo be forwarded (?:path|query string) contains\b/
const WITHOUT_SCHEME = /\binvalid URL prefix\b/

/** Undefined where the proxy names no such setting, or the fix is the usual one. */
export function fixOfSetting({ proxy }: Facts): Fix | undefined {
  const notice = noticeOf(proxy, 'no-resolver', 'setting-wrong', 'upstream-tls-off')?.record
  if (notice === undefined) return undefined
  const { sign, text } = notice
  if (sign === 'no-resolver') {
    const name = UNRESOLVED.exec(text)?.[1]
    return {
      summary: sentence`nginx looks ${name === undefined ? 'a name' : `“${name}”`} up at each request, because proxy_pass has a variable, and no resolver is set. Set one (in Docker 127.0.0.11), or write the name without a variable: then nginx looks it up when it starts.`,
      changes: [
        {
          program: 'nginx',
          context: 'http',
          where: sentence`nginx, http or server`,
          text: nginx`resolver YOUR_RESOLVER;`,
        },
      ],
    }
  }
  if (sign === 'upstream-tls-off')
    return {
      summary: sentence`Switch TLS to backends on, for the backend’s address is wss:// or https://. Or use ws:// where its port speaks no TLS.`,
      changes: [
        {
          program: 'apache',
          where: sentence`Apache httpd, the virtual host that has this ProxyPass`,
          text: apache`SSLProxyEngine on`,
        },
      ],
    }
  if (IN_SUBREQUEST.test(text))
    return {
      summary: sentence`The address that auth_request or mirror asks answered 101 as well. Send it no upgrade: clear Upgrade and Connection in its location.`,
      changes: [
        {
          program: 'nginx',
          context: 'location',
          where: sentence`nginx, the location of auth_request or mirror`,
          text: nginx`proxy_set_header Upgrade "";\nproxy_set_header Connection "";`,
        },
      ],
    }
  if (DECODED.test(text))
    return {
      summary: sentence`A RewriteRule decoded the address, and a space or control character came out of it, which Apache does not pass on. Give that RewriteRule the flag B, or pass the path on with ProxyPass alone.`,
      changes: [
        {
          program: 'apache',
          where: sentence`Apache httpd, the RewriteRule of the WebSocket`,
          text: apache`RewriteRule YOUR_PATTERN YOUR_TARGET [P,B]`,
        },
      ],
    }
  if (IN_A_CIRCLE.test(text))
    return {
      summary: sentence`Correct the rewrite, try_files or error_page that leads back to itself, so that the WebSocket’s path comes to its proxy.`,
      changes: [],
    }
  return {
    summary: WITHOUT_SCHEME.test(text)
      ? sentence`Begin what proxy_pass gets with http:// or https://: a variable in it is empty, or has no scheme.`
      : sentence`Correct the setting that the proxy’s error log names: what it makes of it is not an address.`,
    changes: [],
  }
}

/** Programs that say so of all that they carry together, and not of one client or zone. */
const OF_ALL: ReadonlySet<string | undefined> = new Set(['nginx', 'apache'])

/** The proxy's own word that it has as many connections as its settings allow: no rule about a client. */
export const fullProxy = ({ told }: Facts): Told | undefined =>
  told.proxy.find(({ means, program }) => means === 'too-many-connections' && OF_ALL.has(program))
