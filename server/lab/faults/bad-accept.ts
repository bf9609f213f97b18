/** A 101 with one header wrong. Proxies pass it on; clients must refuse it (RFC 6455 §4.1). */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { withHeader, withoutHeader } from '#server/lab/head.ts'
import type { HeaderLine } from '#server/wire/http-head.ts'

export const badAccept: BehaviourOf<'bad-accept'> = (_line, { problem }) => ({
  response: (head) => ({ ...head, headers: spoilers[problem](head.headers) }),
})

type Headers = readonly HeaderLine[]

const spoilers = {
  // Well-formed, and the answer to no key that a client would send.
  'accept-wrong': (headers: Headers) =>
    withHeader(headers, 'Sec-WebSocket-Accept', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='),
  'accept-missing': (headers: Headers) => withoutHeader(headers, 'Sec-WebSocket-Accept'),
  'upgrade-wrong': (headers: Headers) => withHeader(headers, 'Upgrade', 'h2c'),
  'upgrade-missing': (headers: Headers) => withoutHeader(headers, 'Upgrade'),
  'connection-missing': (headers: Headers) => withoutHeader(headers, 'Connection'),
  extension: (headers: Headers) => withHeader(headers, 'Sec-WebSocket-Extensions', 'x-foo'),
}
