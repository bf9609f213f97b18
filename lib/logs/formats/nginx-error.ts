/**
 * nginx's error log. That an idle tunnel was cut stands here only at level info, which the default level
 * (error) leaves out; measured on 1.22.1 and read in ngx_http_upstream.c.
 */
import type { NoticeRecord, Sign } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

const head = /^ \[([a-z]{4,6})\] (\d{1,10})#\d{1,10}: (?:\*(\d{1,18}) )?/
const LONGEST_TEXT = 500

/** What a handler in Lua wrote down of its own WebSocket: nginx lends it the log, and is not who speaks. */
const OF_A_HANDLER =
  /^\[lua\] [^\n]{1,200}\b(?:web-?socket|failed to (?:receive|send|read|new)\b[^\n]{0,60}: )/i

export function parseNginxError(line: string): NoticeRecord | undefined {
  if (line[4] !== '/' || line[7] !== '/') return undefined
  const stamp = isoStamp(line)
  if (stamp === undefined) return undefined
  const match = head.exec(line.slice(stamp.length))
  if (match === null) return undefined
  const [whole, level = '', pid, connection] = match
  const rest = line.slice(stamp.length + whole.length)
  if (OF_A_HANDLER.test(rest)) return undefined
  const message = rest.split(', client: ', 1)[0] ?? rest
  return {
    kind: 'notice',
    format: 'nginx-error',
    atMs: stamp.atMs,
    resolutionMs: stamp.resolutionMs,
    zoneless: true,
    level,
    pid: Number(pid),
    sign: signOf(message, level),
    text: message.slice(0, LONGEST_TEXT),
    ...(connection !== undefined && { connection }),
    ...context(rest.slice(message.length)),
  }
}

/** `, client: 203.0.113.26, server: app.example, request: "GET /ws HTTP/1.1", upstream: "http://…", host: "…"` */
function context(text: string): Pick<NoticeRecord, 'client' | 'path' | 'upstream'> {
  const client = /^, client: ([^,\s]{1,64})/.exec(text)?.[1]
  const path = /, request: "[A-Z]{3,16} (\S{1,2048})/.exec(text)?.[1]
  const upstream = /, upstream: "([^"]{1,2048})"/.exec(text)?.[1]
  return {
    ...(client !== undefined && { client }),
    ...(path !== undefined && { path }),
    ...(upstream !== undefined && { upstream }),
  }
}

/** What was tried stands behind `while`; the first fitting row wins. */
const signs: readonly (readonly [RegExp, Sign])[] = [
  [/^upstream timed out \(\d+: [^)]*\) while proxying upgraded connection/, 'tunnel-timed-out'],
  [/^client timed out \(\d+: [^)]*\) while proxying upgraded connection/, 'tunnel-client-timed-out'],
  [/^upstream timed out \(\d+: [^)]*\) while connecting to upstream/, 'connect-timed-out'],
  [/^upstream timed out \(\d+: [^)]*\) while (reading|sending)/, 'response-timed-out'],
  [/^connect\(\) failed \(111:/, 'connect-refused'],
  [/^connect\(\) (to \S+ )?failed/, 'connect-failed'],
  // The answer had begun where it reads the upstream’s body.
  [/^upstream prematurely closed connection(?! while reading upstream)/, 'closed-before-response'],
  [
    /^(recv|send|writev)\(\) failed \(10[34]: [^)]*\) while (reading response|sending request)/,
    'reset-before-response',
  ],
  [/^upstream sent too big header/, 'response-header-too-big'],
  [/^upstream sent no valid HTTP\/1\.0 header/, 'response-not-http'],
  [/^upstream sent duplicate header line: [^\n]{1,1000}, ignored/, 'other'],
  [
    /^upstream sent (invalid|no valid|duplicate|unexpected|more than one|unknown "Transfer-Encoding"|"Content-Length" and)/,
    'response-invalid',
  ],
  [
    /client prematurely closed connection, so upstream connection is closed too while (?:connecting to|sending request to|reading response header from) upstream/,
    'client-left',
  ],
  [/^connection upgrade in subrequest/, 'setting-wrong'],
  [/^no live upstreams/, 'no-live-upstream'],
  [/^(?:recv|send|connect)\(\) [^\n]{0,60}?failed \([^)]*\) while resolving\b/, 'unknown-upstream-host'],
  [/^no resolver defined to resolve/, 'no-resolver'],
  [/could not be resolved|^host not found in upstream/, 'unknown-upstream-host'],
  [
    /^invalid URL prefix in "|^(?:no (?:port|host)|invalid (?:host|port|port range|IPv6 address)) in upstream "|^zero length URI to proxy|^could not find named location|^rewrite or internal redirection cycle/,
    'setting-wrong',
  ],
  [/^limiting connections by zone/, 'connection-limit'],
  [/^limiting requests, excess/, 'request-limit'],
  [/^access forbidden by rule|\bModSecurity: Access denied with code 403\b/, 'forbidden'],
  [
    /^(no user\/password was provided|user "[^"]*" was not found|user "[^"]*": password mismatch)/,
    'credentials-missing',
  ],
  [/is not found \(2: No such file/, 'file-not-found'],
  [/^open\(\) "[^"]*" failed \(2:/, 'file-not-found'],
  [/^directory index of "[^"]*" is forbidden/, 'file-not-found'],
  [/^client sent too (?:long (?:URI|header line)|large request)/, 'request-too-large'],
  [/^upstream SSL certificate (?:verify error|does not match)/, 'upstream-tls-failed'],
  [/^client sent plain HTTP request to HTTPS port/, 'plain-http-to-tls-port'],
  [/^SSL_do_handshake\(\) failed|while SSL handshaking/, 'tls-failed'],
  [/^signal 1 \(SIGHUP\)|^reconfiguring|^signal process started/, 'reload'],
  [/^signal (2|3|15) \(SIG(INT|QUIT|TERM)\)/, 'stop'],
  [/exited on signal/, 'worker-crashed'],
  [/^gracefully shutting down|^exiting$|^exit$|^worker process \d+ exited with code/, 'worker-ending'],
]

/** The sign of a sentence that was copied without what stands before it in the log. */
export function bareNginxSign(text: string): Sign | undefined {
  // The answer had begun: no handshake is as far.
  if (/\bwhile reading upstream\b/.test(text)) return 'other'
  if (!/\bupstream\b|\bproxying upgraded connection\b/.test(text)) return undefined
  return signs.find(([pattern]) => pattern.test(text.trimStart()))?.[1]
}

/** OpenSSL met bytes that are no TLS. */
const NOT_TLS =
  /wrong version number|unknown protocol|:http request|packet length too long|record layer failure/

function signOf(message: string, level: string): Sign {
  if (
    /^(recv|send|writev|read|SSL_read)\(\) failed \((?:10[34]|32): [^)]*\) while proxying upgraded/.test(
      message,
    )
  ) {
    // The backend's reset is logged as error, a client's as info: only the first says who.
    return level === 'info' ? 'other' : 'tunnel-reset'
  }
  // Keep-alive or a repeated packet found nobody there, or no way; a client's is logged at level info.
  if (
    /^(recv|send|writev|read|SSL_read)\(\) failed \((?:1[01]\d|60): [^)]*\) while proxying upgraded/.test(
      message,
    )
  )
    return level === 'info' ? 'other' : 'tunnel-lost'
  if (/^upstream timed out \(\d+: [^)]*\) while SSL handshaking to upstream/.test(message))
    return 'response-timed-out'
  if (message.includes('while SSL handshaking to upstream'))
    return NOT_TLS.test(message) ? 'upstream-not-tls' : 'upstream-tls-failed'
  // What is read at the start alone: a name without an address, a file that is not there.
  if (level === 'emerg') return 'refuses-to-start'
  return signs.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
}
