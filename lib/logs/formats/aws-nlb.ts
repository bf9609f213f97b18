/**
 * Access log of an AWS Network Load Balancer, which it writes for TLS listeners (docs.aws.amazon.com, "Access logs for your
 * Network Load Balancer"): one line a connection, when it ended. It sees bytes and no HTTP.
 */
import type { AccessRecord } from '#lib/logs/record.ts'
import { isoStamp } from '#lib/logs/stamp.ts'

const LINE =
  /^tls \d\.\d (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d) net\/\S{1,200} \S{1,60} ([\d.:a-fA-F]{2,45}):(\d{1,5}) (\S{1,60}) (\d{1,15}|-) (\d{1,15}|-) (\d{1,18}) (\d{1,18}) (\S{1,10}) (.{1,4000})$/
const BEGAN = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)$/

export function parseAwsNlb(line: string): AccessRecord | undefined {
  const match = LINE.exec(line)
  if (match === null) return undefined
  const [, ended = '', client = '', port, target = '', took = '-', , , sent, alert = '-', rest = ''] = match
  const atMs = isoStamp(ended)?.atMs
  const durationMs = took === '-' ? undefined : Number(took)
  const startedMs = isoStamp(BEGAN.exec(rest)?.[1] ?? '')?.atMs
  return {
    kind: 'access',
    format: 'aws-nlb',
    resolutionMs: 1000,
    client,
    clientPort: Number(port),
    backend: target,
    bytes: Number(sent),
    ...(atMs !== undefined && { atMs }),
    ...(durationMs !== undefined && { durationMs }),
    ...(startedMs !== undefined && { startedMs }),
    ...(alert !== '-' && { error: `TLS alert ${alert} from the client` }),
  }
}
