/** `GET /api/access`: as whom the server takes whoever asks; everybody else gets 401. */
import * as z from 'zod/mini'

export const accessPath = '/api/access'

export const accessAnswer = z.looseObject({
  /** `local`: at the machine of the server. `token`: by the access token, or a session that it began. */
  by: z.enum(['local', 'token']),
})
export type AccessAnswer = z.infer<typeof accessAnswer>
