/**
 * Access log entries of an AWS Application Load Balancer (docs.aws.amazon.com, "Access logs for your Application Load
 * Balancer"). Of a WebSocket there is one entry, written when the connection ended; it names when the request came.
 */
import { requestLine } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

const HEAD =
  /^(https?|h2|grpcs|wss?) (\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) app\/\S{1,200} ([\d.:a-fA-F]{2,45}):(\d{1,5}) (\S{1,60}) -?[\d.]{1,12} -?[\d.]{1,12} -?[\d.]{1,12} (\d{3}|-) (\d{3}|-) \d{1,18} (\d{1,18}) "([^"]{1,8192})" "([^"]{0,2000})" /
const CREATED = / (\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) "/

export function parseAwsAlb(line: string): AccessRecord | undefined {
  const match = HEAD.exec(line)
  if (match === null) return undefined
  const [
    whole,
    type = '',
    ended = '',
    client = '',
    port,
    target = '',
    status = '',
    ,
    bytes,
    request = '',
    agent,
  ] = match
  const targetStatus = match[7] ?? '-'
  const atMs = isoStamp(ended)?.atMs
  const startedMs = isoStamp(CREATED.exec(line.slice(whole.length))?.[1] ?? '')?.atMs
  return {
    kind: 'access',
    format: 'aws-alb',
    resolutionMs: 1,
    client,
    clientPort: Number(port),
    ...requestLine(request),
    ...(status !== '-' && { status: Number(status) }),
    bytes: Number(bytes),
    ...(agent !== undefined && agent !== '-' && { userAgent: agent }),
    ...(target !== '-' && { backend: target }),
    // A request that reached no target has `-` for its answer.
    upstreamStatus: targetStatus === '-' ? null : Number(targetStatus),
    ...(type.startsWith('ws') && { upgrade: true }),
    ...(atMs !== undefined && { atMs }),
    ...(startedMs !== undefined && { startedMs }),
    ...(atMs !== undefined && startedMs !== undefined && { durationMs: atMs - startedMs }),
  }
}
