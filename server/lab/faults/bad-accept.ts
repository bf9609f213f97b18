/** A 101 with one header wrong. Proxies pass it on; clients must refuse it (RFC 6455 §4.1). */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { type HeaderLine, withHeader, withoutHeader } from '#server/lab/head.ts'

export const badAccept: BehaviourOf<'bad-accept'> = (_line, { problem }) => ({
  response: (head) => ({ ...head, headers: spoilers[problem](head.headers) }),
})

type Headers = readonly HeaderLine[]

const spoilers = {
  // The right one for the key of RFC 6455 §1.3, and so for nobody's.
  'accept-wrong': (headers: Headers) =>
    withHeader(headers, 'Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='),
  'accept-missing': (headers: Headers) => withoutHeader(headers, 'Sec-WebSocket-Accept'),
  'upgrade-wrong': (headers: Headers) => withHeader(headers, 'Upgrade', 'h2c'),
  'upgrade-missing': (headers: Headers) => withoutHeader(headers, 'Upgrade'),
  'connection-missing': (headers: Headers) => withoutHeader(headers, 'Connection'),
  extension: (headers: Headers) => withHeader(headers, 'Sec-WebSocket-Extensions', 'x-foo'),
}
