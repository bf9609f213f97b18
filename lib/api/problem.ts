/** Why a request to the API was not done: the body of every answer that is no success. */
import * as z from 'zod/mini'
import { shortText } from '#lib/text/sentence-schema.ts'

/** `error` is for programs, `message` and `remedy` are sentences for people. */
export const problem = z.looseObject({
  error: z.string(),
  message: shortText,
  remedy: shortText,
})
export type Problem = z.infer<typeof problem>
