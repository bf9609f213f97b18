/**
 * Squid's own format: `1795165500.123  60012 203.0.113.7 TCP_MISS/101 1290 GET http://chat.example/ws - HIER_DIRECT/… -`
 * (wiki.squid-cache.org, "Access.log"). The stamp is the end, the second number milliseconds. What goes through CONNECT may
 * be anything, so it is no WebSocket here.
 */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'

const LINE =
  /^(\d{9,11}\.\d{3}) {1,8}(\d{1,12}) ([\d.:a-fA-F]{2,45}|\S{1,255}) ([A-Z_]{3,60})\/(\d{3}) (\d{1,18}) ([A-Z]{3,16}) (\S{1,8192}) \S{1,200} [A-Z_]{3,40}\/(\S{1,255}) \S{1,200}$/

export function parseSquid(line: string): AccessRecord | undefined {
  const match = LINE.exec(line)
  if (match === null) return undefined
  const [, ended, took, client = '', result = '', status, bytes, method = '', url = '', peer = '-'] = match
  return {
    kind: 'access',
    format: 'squid',
    resolutionMs: 1,
    atMs: Number(ended) * 1000,
    durationMs: Number(took),
    client,
    ...(requestLine(`${method} ${url}`) ?? { method, path: url }),
    status: Number(status),
    bytes: Number(bytes),
    ...(peer !== '-' && { backend: peer }),
    // The client went away before all of it was sent.
    ...(result.endsWith('_ABORTED') && { error: result }),
  }
}
