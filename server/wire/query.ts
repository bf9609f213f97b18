/** Query parameters, read by the schemas of `lib/api`. */
import * as z from 'zod/mini'
import type { QueryProblem } from '#lib/api/query.ts'

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: QueryProblem }

/** Reads what the schema names and leaves the rest alone. Throws nothing; the first problem is the answer. */
export function readQuery<T extends z.ZodMiniObject>(
  schema: T,
  search: URLSearchParams,
): Parsed<z.output<T>> {
  const given = Object.keys(schema.shape).flatMap((name) => givenOf(name, search))
  const parsed = z.safeParse(schema, Object.fromEntries(given))
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  const parameter = String(issue?.path[0])
  const told: Partial<QueryProblem> = (issue?.code === 'custom' && issue.params) || {}
  return {
    ok: false,
    problem: {
      error: 'bad_request',
      code: told.code ?? 'malformed-parameter',
      message: `${parameter}: ${issue?.message}`,
      remedy: 'Correct the parameter, or leave it out.',
      parameter,
      ...(told.allowed && { allowed: told.allowed }),
    },
  }
}

/**
 * An empty value is an absent one, since forms and templates send `?after=&kinds=`. A name that comes more than once
 * has all its values, which only a list takes.
 */
function givenOf(name: string, search: URLSearchParams): [string, string | string[]][] {
  const [first, ...more] = search.getAll(name).filter((value) => value !== '')
  if (first === undefined) return []
  return [[name, more.length === 0 ? first : [first, ...more]]]
}
