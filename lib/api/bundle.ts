/**
 * `/api/bundle`: GET says what a bundle would hold, POST makes it (`application/zip`). Times are seconds since the Unix
 * epoch.
 */
import * as z from 'zod/mini'
import { refusal, textThat } from '#lib/api/query.ts'
import { bundlePart, bundleParts } from '#lib/bundle/format.ts'

const seconds = z.pipe(
  textThat(
    (text) => /^\d{1,12}(?:\.\d{1,6})?$/.test(text),
    refusal('seconds since the Unix epoch are allowed.'),
  ),
  z.transform(Number),
)

/** The query of `GET /api/bundle`. */
export const bundleQuery = z.object({ since: z.optional(seconds), until: z.optional(seconds) })

/** Its answer. */
export const bundleSizes = z.looseObject({ parts: z.array(bundlePart) })
export type BundleSizes = z.infer<typeof bundleSizes>

const moment = z.optional(z.number().check(z.nonnegative()))

/** The body of `POST /api/bundle`. */
export const bundleOrder = z.strictObject({
  since: moment,
  until: moment,
  leave_out: z.optional(z.array(z.enum(bundleParts))),
  imported: z.optional(
    z
      .array(z.strictObject({ name: z.string().check(z.maxLength(512)), text: z.string() }))
      .check(z.maxLength(20)),
  ),
})
export type BundleOrder = z.infer<typeof bundleOrder>
