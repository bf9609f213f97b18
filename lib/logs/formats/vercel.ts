/**
 * Log drains of Vercel (vercel.com, "Log Drains Reference"): what its proxy passed on is a member of each entry, with a status
 * and a stamp in ms.
 */
import { type Members, numberOf, partOf, textOf } from '#lib/logs/formats/members.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

export function readVercel(value: Members): AccessRecord | undefined {
  const proxy = partOf(value, 'proxy')
  const [path, method] = [textOf(proxy, 'path'), textOf(proxy, 'method')]
  // -1: nothing was answered.
  const status = numberOf(proxy, 'statusCode') ?? numberOf(value, 'statusCode')
  if (path === undefined || status === undefined || textOf(value, 'source') === undefined) return undefined
  const [client, bytes] = [textOf(proxy, 'clientIp'), numberOf(proxy, 'responseByteSize')]
  const agent: unknown = Array.isArray(proxy.userAgent) ? proxy.userAgent[0] : proxy.userAgent
  const message = textOf(value, 'message')
  return {
    kind: 'access',
    format: 'vercel',
    resolutionMs: 1,
    ...jsonStamp(proxy.timestamp ?? value.timestamp),
    status: Math.max(0, status),
    path,
    ...(method !== undefined && { method }),
    ...(client !== undefined && { client }),
    ...(bytes !== undefined && { bytes }),
    ...(typeof agent === 'string' && { userAgent: agent }),
    ...(status >= 400 && message !== undefined && { error: message.slice(0, 500) }),
  }
}
