/**
 * Access logs of Azure's Application Gateway and Front Door as diagnostic settings write them (learn.microsoft.com, "Diagnostic
 * logs for Application Gateway", "Monitor Azure Front Door"). Version 1 of the gateway counts milliseconds, everything newer
 * seconds. The stamp is when the request ended.
 */
import { withoutPort } from '#lib/logs/access-fields.ts'
import { type Members, numberOf, partOf, pathOfUrl, statusOf, textOf } from '#lib/logs/formats/members.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { jsonStamp } from '#lib/logs/stamp.ts'

const CATEGORIES: ReadonlySet<unknown> = new Set([
  'ApplicationGatewayAccessLog',
  'FrontDoorAccessLog',
  'FrontdoorAccessLog',
])

/** Roles of the first version; the instances of the second are `appgw_0`. */
const FIRST_VERSION = /^ApplicationGatewayRole_IN_/

export function readAzure(value: Members): AccessRecord | undefined {
  if (!CATEGORIES.has(value.category)) return undefined
  const fields = partOf(value, 'properties')
  const status = statusOf(fields, 'httpStatus', 'httpStatusCode')
  const uri = textOf(fields, 'originalRequestUriWithArgs', 'requestUri')
  if (status === undefined || uri === undefined) return undefined
  const taken = numberOf(fields, 'timeTaken')
  const isFirst = FIRST_VERSION.test(textOf(fields, 'instanceId') ?? '')
  const durationMs = taken === undefined ? undefined : taken * (isFirst ? 1 : 1000)
  const stamp = jsonStamp(value.timeStamp ?? value.time)
  const server = textOf(fields, 'serverStatus')
  const [client, port] = [textOf(fields, 'clientIP', 'clientIp'), numberOf(fields, 'clientPort')]
  const [method, agent] = [textOf(fields, 'httpMethod'), textOf(fields, 'userAgent')]
  const [bytes, backend] = [numberOf(fields, 'sentBytes', 'responseBytes'), textOf(fields, 'serverRouted')]
  const said = textOf(fields, 'error_info', 'errorInfo')
  const isSaid = said !== undefined && !/^(?:ERRORINFO_NO_ERROR|NoError)$/.test(said)
  return {
    kind: 'access',
    format: 'azure',
    resolutionMs: 1,
    status,
    path: pathOfUrl(uri),
    ...(stamp !== undefined && { atMs: stamp.atMs, resolutionMs: stamp.resolutionMs }),
    ...(durationMs !== undefined && { durationMs }),
    ...(client !== undefined && { client: withoutPort(client) }),
    ...(port !== undefined && port > 0 && { clientPort: port }),
    ...(method !== undefined && { method }),
    ...(agent !== undefined && { userAgent: agent }),
    ...(bytes !== undefined && { bytes }),
    ...(backend !== undefined && { backend }),
    ...('serverStatus' in fields && {
      upstreamStatus: server !== undefined && /^\d{3}$/.test(server) ? Number(server) : null,
    }),
    ...(isSaid && { error: `"${'error_info' in fields ? 'error_info' : 'errorInfo'}":"${said}"` }),
  }
}
