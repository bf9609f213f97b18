/** Lines that are one JSON object. Parsed once, then told apart by their members. */
import { readAccessJson } from '#lib/logs/formats/access-json.ts'
import { readApiGateway } from '#lib/logs/formats/aws-api-gateway.ts'
import { readAzure } from '#lib/logs/formats/azure.ts'
import { readCaddy } from '#lib/logs/formats/caddy.ts'
import { readCloudflare } from '#lib/logs/formats/cloudflare.ts'
import { readEnvoyJson } from '#lib/logs/formats/envoy.ts'
import { readGoogleCloud } from '#lib/logs/formats/google-cloud.ts'
import { isMembers } from '#lib/logs/formats/members.ts'
import { readOwnEvent } from '#lib/logs/formats/own-event.ts'
import { readTraefik } from '#lib/logs/formats/traefik.ts'
import { readVercel } from '#lib/logs/formats/vercel.ts'
import type { LogRecord } from '#lib/logs/record.ts'

const OPEN_BRACE = 123

export function parseJson(line: string): LogRecord | undefined {
  if (line.charCodeAt(0) !== OPEN_BRACE) return undefined
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isMembers(value)) return undefined
  return (
    readOwnEvent(value) ??
    readCaddy(value) ??
    readTraefik(value) ??
    readEnvoyJson(value) ??
    readCloudflare(value) ??
    readGoogleCloud(value) ??
    readAzure(value) ??
    readVercel(value) ??
    readApiGateway(value) ??
    readAccessJson(value)
  )
}
