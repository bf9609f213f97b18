/** An answer over HTTP that came after the 101, into the open connection. */
import type { Facts } from '#lib/facts/facts.ts'

/** Its status as digits; undefined where none came. */
export const secondStatus = ({ probe }: Facts): string | undefined =>
  /^HTTP\/1\.[01] (\d{3})/.exec(probe?.evidence.not_frames?.text_start ?? '')?.[1]

/** Of no second listener: the HTTP server of the same program wrote its page for an exception of the handler. */
export const isErrorPage = (facts: Facts): boolean => secondStatus(facts) === '500'
