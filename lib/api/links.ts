/** `/api/links`: links that show a colleague, who has no token, one report or one connection until they expire. */
import * as z from 'zod/mini'

export const linksPath = '/api/links'
/** Where a link leads: its secret follows. */
export const sharedPath = '/shared/'

export const linkHours = { least: 1, greatest: 720, default: 24 } as const

const hours = z._default(z.int().check(z.gte(linkHours.least), z.lte(linkHours.greatest)), linkHours.default)

/** The body of the POST. */
export const linkOrder = z.union([
  z.strictObject({ report: z.string().check(z.regex(/^[\w-]{1,64}$/)), hours }),
  z.strictObject({ client_id: z.string().check(z.minLength(1), z.maxLength(128)), hours }),
])

/** Of an order that was refused: whether it would be one without its hours. */
export const isWrongInHours = (order: unknown): boolean =>
  typeof order === 'object' &&
  order !== null &&
  'hours' in order &&
  linkOrder.safeParse({ ...order, hours: undefined }).success

const link = {
  id: z.string(),
  report: z.optional(z.string()),
  client_id: z.optional(z.string()),
  /** Seconds since the Unix epoch. */
  created: z.number(),
  expires: z.number(),
}

/** 201. The link itself is told this once. */
export const linkAnswer = z.looseObject({ ...link, url: z.string() })
export type LinkAnswer = z.infer<typeof linkAnswer>

/** The answer to GET, newest first. `DELETE /api/links/<id>` takes one back. */
export const linkList = z.looseObject({ links: z.array(z.looseObject(link)) })
export type LinkList = z.infer<typeof linkList>
