/** What the checks expect, and how they say what they got instead. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { CheckTarget } from '#server/checklist/outside/target.ts'

/** A zod schema as far as the checks use it. */
export interface Schema {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }
}

/** Why a value is not of this shape, or undefined. */
export function whyNot(schema: Schema, value: unknown): string | undefined {
  if (value === undefined) return 'nothing came'
  const result = schema.safeParse(value)
  if (result.success) return undefined
  const [issue] = result.error?.issues ?? []
  const path = issue?.path.map(String).join('.')
  return path ? `${path} is missing or wrong` : 'it has another shape'
}

const LONGEST = 90

export function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

export interface HttpAnswer {
  status: number
  /** At most 64 KiB of the body, as JSON. */
  json: () => Promise<unknown>
}

const MOST_BODY_BYTES = 64 * 1024

/** A GET with the target's headers and authority; no redirect is followed. */
export function fetchFrom(
  { httpBase, headers, ca, patienceMs, signal }: CheckTarget,
  path: string,
): Promise<HttpAnswer> {
  const url = `${httpBase}${path}`
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(url, {
      headers: Object.fromEntries(headers),
      timeout: patienceMs,
      signal,
      ...(ca === undefined ? {} : { ca }),
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs / 1000} s`)))
    request.on('error', reject)
    request.on('response', (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body = (body + text).slice(0, MOST_BODY_BYTES)
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, json: async (): Promise<unknown> => JSON.parse(body) }),
      )
    })
    request.end()
  })
}
