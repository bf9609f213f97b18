/** JSON access records in the style of nginx's `escape=json` formats: any field names that people commonly choose. */
import { setField } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

/** The most exact one first. */
const stampNames = ['msec', 'time_iso8601', 'time', 'timestamp', '@timestamp', 'time_local', 'ts', 'date']

export function readAccessJson(value: Record<string, unknown>): AccessRecord | undefined {
  if (value.status === undefined) return ofLogger(value)
  const record: AccessRecord = { kind: 'access', format: 'nginx-access', resolutionMs: 1000 }
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === 'string') setField(record, key, field)
    else if (typeof field === 'number') setField(record, key, String(field))
  }
  if (record.status === undefined || record.path === undefined) return undefined
  for (const name of stampNames) {
    const stamp = jsonStamp(value[name])
    if (stamp === undefined) continue
    Object.assign(record, stamp)
    break
  }
  return record
}

type Part = Record<string, unknown>

const partOf = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {}

/** pino-http and its like: `{"req":{"method":"GET","url":"/ws"},"res":{"statusCode":404},"responseTime":3}`. */
function ofLogger(value: Part): AccessRecord | undefined {
  const [request, response] = [partOf(value.req ?? value.request), partOf(value.res ?? value.response)]
  const status = response.statusCode ?? response.status ?? value.statusCode ?? value.status_code
  const path = request.url ?? request.path ?? value.url ?? value.path
  const method = request.method ?? value.method
  if (typeof status !== 'number' || typeof path !== 'string' || typeof method !== 'string') return undefined
  const record: AccessRecord = { kind: 'access', format: 'framework', resolutionMs: 1, status, path, method }
  const took = value.responseTime ?? value.response_time
  if (typeof took === 'number') record.durationMs = took
  return Object.assign(record, jsonStamp(value.time ?? value.timestamp))
}
