/** `POST /api/negotiate`: has the server open a SignalR session at a host, which pages of other origins may not read. */
import * as z from 'zod/mini'

export const negotiatePath = '/api/negotiate'

export const negotiateOrder = z.strictObject({
  /** ws:// or wss://, of the hub; without a path, of the host. */
  url: z.string().check(z.maxLength(8192)),
})

export const negotiated = z.object({
  /** What a client opens next, with the session's id; null where nobody negotiates there. */
  url: z.nullable(z.string()),
})
