/** Lines that are one JSON object. Parsed once, then told apart by their members. */
import { readAccessJson } from '#lib/logs/formats/access-json.ts'
import { readApiGateway } from '#lib/logs/formats/aws-api-gateway.ts'
import { readAzure } from '#lib/logs/formats/azure.ts'
import { readCaddy } from '#lib/logs/formats/caddy.ts'
import { readCloudflare } from '#lib/logs/formats/cloudflare.ts'
import { readEnvoyJson } from '#lib/logs/formats/envoy.ts'
import { readGoogleCloud } from '#lib/logs/formats/google-cloud.ts'
import { isMembers, type Members } from '#lib/logs/formats/members.ts'
import { readOwnEvent } from '#lib/logs/formats/own-event.ts'
import { readTraefik } from '#lib/logs/formats/traefik.ts'
import { readVercel } from '#lib/logs/formats/vercel.ts'
import type { LogRecord } from '#lib/logs/record.ts'

const OPEN_BRACE = 123

export function parseJson(line: string): LogRecord | undefined {
  if (line.charCodeAt(0) !== OPEN_BRACE) return undefined
  const value = parsed(line)
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

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line.endsWith('}') ? nearlyJson(line) : undefined
  }
}

/**
 * A flat object whose values are not all JSON: nginx writes a list for what it tried twice, and `-` or nothing for what it does
 * not know, into formats that put no quotes around them.
 */
function nearlyJson(line: string): Members | undefined {
  const found: Record<string, unknown> = {}
  let at = 1
  while (at < line.length - 1) {
    member.lastIndex = at
    const [whole, name, quoted, bare] = member.exec(line) ?? []
    if (whole === undefined || name === undefined) return undefined
    found[name] = quoted === undefined ? bare?.trim() : unquoted(quoted)
    at += whole.length
  }
  return found
}

/** `"name": "value",` or `"name": 0.001, 60.000,`, from where the last one ended. */
const member =
  /\s{0,20}"([\w.@-]{1,60})"\s{0,20}:\s{0,20}(?:("(?:[^"\\]|\\.){0,8192}")|([^"{}[\]]{0,400}?))\s{0,20}(?:,(?=\s{0,20}")|(?=\}$))/y

function unquoted(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(1, -1)
  }
}
