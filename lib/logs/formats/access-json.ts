/** JSON access records in the style of nginx's `escape=json` formats: any field names that people commonly choose. */
import { setField } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

/** The most exact one first. */
const stampNames = ['msec', 'time_iso8601', 'time', 'timestamp', '@timestamp', 'time_local', 'ts', 'date']

export function readAccessJson(value: Record<string, unknown>): AccessRecord | undefined {
  if (value.status === undefined) return undefined
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
