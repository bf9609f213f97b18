/**
 * What Action Cable says of its sockets: `Started GET "/cable" [WebSocket] for 203.0.113.7 at …`, `Finished "/cable" [WebSocket] for
 * …`, and that an upgrade failed (actioncable, lib/action_cable/connection/base.rb). The lines name address and path, and no
 * connection.
 */
import type { AppRecord } from '#lib/logs/record.ts'
import { isoStamp, type Stamp } from '#lib/logs/stamp.ts'

const STARTED =
  /\bStarted GET "([^"]{1,2000})" ?\[WebSocket\] for ([\d.:a-fA-F]{2,45}) at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})$/
const FINISHED =
  /\bFinished "([^"]{1,2000})" ?\[WebSocket\] for ([\d.:a-fA-F]{2,45}) at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})$/
const FAILED = /\bFailed to upgrade to WebSocket \(REQUEST_METHOD: .{1,200}\)$/
const ORIGIN = /\bRequest origin not allowed: ?(\S{0,512})$/
const UPGRADED = /\bSuccessfully upgraded to WebSocket \(REQUEST_METHOD: .{1,200}\)$/

/** What tags and loggers put before: `[ActionCable] `, `[4f7c…] `. */
const LONGEST_HEAD = 200

export function parseRails(line: string): AppRecord | undefined {
  const foreign = ORIGIN.exec(line)
  if (foreign !== null && foreign.index <= LONGEST_HEAD) return refused(foreign[0], foreign[1])
  if (!line.includes('WebSocket')) return undefined
  const started = STARTED.exec(line)
  if (started !== null) return started.index > LONGEST_HEAD ? undefined : recordOf('accepted', started)
  const finished = FINISHED.exec(line)
  if (finished !== null) return finished.index > LONGEST_HEAD ? undefined : recordOf('disconnected', finished)
  const failed = FAILED.exec(line)
  if (failed !== null && failed.index <= LONGEST_HEAD) return refused(failed[0])
  const upgraded = UPGRADED.exec(line)
  if (upgraded === null || upgraded.index > LONGEST_HEAD) return undefined
  return { kind: 'app', format: 'rails', resolutionMs: 1000, event: 'detail' }
}

/** Action Cable answers 404 to what it does not take (respond_to_invalid_request). */
const refused = (reason: string, origin = ''): AppRecord => ({
  kind: 'app',
  format: 'rails',
  resolutionMs: 1000,
  event: 'rejected',
  status: 404,
  reason,
  ...(origin !== '' && { origin }),
})

function recordOf(
  event: 'accepted' | 'disconnected',
  [, path = '', client = '', when = '']: RegExpExecArray,
) {
  const { length: _read, ...stamp } = isoStamp(when.replace(/ (?=[+-])/, '')) ?? NO_STAMP
  return { kind: 'app', format: 'rails', event, path, client, ...stamp } satisfies AppRecord
}

const NO_STAMP: Pick<Stamp, 'resolutionMs'> & { length: number } = { resolutionMs: 1000, length: 0 }
