/** The body of a POST to `/api`, read by its schema. */
import type { HonoRequest } from 'hono'
import * as z from 'zod/mini'
import { parseJson } from '#server/wire/parse-json.ts'

/** Of a body that is no JSON, as of one that is empty, the schema gets nothing. */
export async function readOrder<T>(
  request: HonoRequest,
  schema: z.ZodMiniType<T>,
): Promise<z.core.util.SafeParseResult<T>> {
  const parsed = parseJson(await request.text())
  return z.safeParse(schema, parsed.ok ? parsed.value : undefined)
}
