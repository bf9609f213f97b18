/** The body of a POST to `/api`, read by its schema. */
import type { HonoRequest } from 'hono'
import * as z from 'zod/mini'
import { parseJson } from '#server/wire/parse-json.ts'

/** Undefined where the body is no JSON. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  const parsed = parseJson(await request.text())
  return parsed.ok ? parsed.value : undefined
}

/** Of a body that is no JSON, as of one that is empty, the schema gets nothing. */
export async function readOrder<T>(
  request: HonoRequest,
  schema: z.ZodMiniType<T>,
): Promise<z.core.util.SafeParseResult<T>> {
  return z.safeParse(schema, await readJson(request))
}
