/** `/api/checklist`: GET has the server look at itself alone, POST also at the URL that it is given. */
import * as z from 'zod/mini'
import { checklistItem } from '#lib/checklist/item.ts'
import { longestChecklistUrl } from '#lib/checklist/longest-url.ts'

/** The body of the POST; both may be left out. */
export const checklistOrder = z.object({
  /** ws:// or wss://, through the proxy if there is one. */
  url: z.optional(z.string().check(z.maxLength(longestChecklistUrl))),
  /** Of the pages that open it: what the probe sends. */
  origin: z.optional(z.string().check(z.maxLength(512))),
})
export type ChecklistOrder = z.infer<typeof checklistOrder>

/** The answer to both. */
export const checklistReport = z.looseObject({
  /** Seconds since the Unix epoch. */
  checked_at: z.number(),
  items: z.array(checklistItem),
})
export type ChecklistReport = z.infer<typeof checklistReport>
