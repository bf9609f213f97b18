/** What the parameters of a query are made of, and the answer to one that cannot be honoured. */
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'

/** 400: the first parameter that is wrong. `message` says what would be right. */
export const queryProblem = z.extend(problem, {
  code: z.enum(['malformed-cursor', 'unknown-kind', 'parameter-out-of-range', 'malformed-parameter']),
  parameter: z.string(),
  /** Every value that would be right, where they can be listed. */
  allowed: z.optional(z.readonly(z.array(z.string()))),
})
export type QueryProblem = z.infer<typeof queryProblem>

/** What a schema says of a parameter that it refuses: `allowed` is a sentence, whatever was wrong. */
export const refusal = (
  allowed: string,
  params: Pick<QueryProblem, 'code' | 'allowed'> = { code: 'malformed-parameter' },
) => ({ error: allowed, params })

/** One text, judged as a whole. */
export const textThat = (fits: (text: string) => boolean, refused: ReturnType<typeof refusal>) =>
  z.string(refused).check(z.refine(fits, refused))

/** @param unit what is counted, as a plural */
export function wholeNumber({ least, greatest }: { least: number; greatest: number }, unit: string) {
  const fits = (text: string) =>
    /^[0-9]{1,14}$/.test(text) && Number(text) >= least && Number(text) <= greatest
  const allowed = `a whole number of ${unit} from ${least} to ${greatest} is allowed.`
  return z.pipe(textThat(fits, refusal(allowed, { code: 'parameter-out-of-range' })), z.transform(Number))
}

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/

/** A moment (ISO 8601), in seconds since the Unix epoch; a date alone is its beginning in UTC. */
export const moment = z.pipe(
  textThat(
    (text) => TIME.test(text) && !Number.isNaN(Date.parse(text)),
    refusal('a time such as 2026-11-29T14:00:00Z, or a date such as 2026-11-29, is allowed.'),
  ),
  z.transform((text) => Date.parse(text) / 1000),
)
/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]) {
  const fits = (text: string): text is T => words.some((word) => word === text)
  const refused = refusal(`allowed are ${words.join(', ')}.`)
  return z.pipe(textThat(fits, refused), z.custom<T>())
}

/** Names separated by commas, also from a parameter that comes more than once; none at all is as good as absent. */
export const names = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((given) => {
    const all = [given].flat().flatMap((list) => list.split(','))
    return all.map((name) => name.trim()).filter((name) => name !== '')
  }),
)
