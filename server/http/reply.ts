/** The one way in which routes of the API answer JSON. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type JsonBytes, jsonText } from '#server/wire/json.ts'

export const jsonType = { 'Content-Type': 'application/json' }

/** In place of Hono's `context.json`, which leaves raw what steers a terminal. */
export const reply = (
  context: Context,
  value: unknown,
  status: ContentfulStatusCode = 200,
  headers: Readonly<Record<string, string>> = {},
): Response => context.body(jsonText(value), status, { ...jsonType, ...headers })

/** JSON that is written already. */
export const replyBytes = (
  context: Context,
  bytes: JsonBytes,
  status: ContentfulStatusCode = 200,
): Response => context.body(bytes, status, jsonType)
