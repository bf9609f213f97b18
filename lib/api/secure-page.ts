/** `POST /api/secure-page`: the server's own pages over https too, on a second port of its machine. */
import * as z from 'zod/mini'

/** The answer, the same when asked again. */
export const securePage = z.looseObject({
  /** Scheme, name and port. */
  origin: z.string(),
  /** PEM, for a probe that is to trust it. */
  certificate: z.string(),
  /** The port is given up when nobody asked it for anything for so long. */
  idle_seconds: z.number(),
})
export type SecurePage = z.infer<typeof securePage>
