/**
 * The checks that everybody who writes a WebSocket server, client or proxy makes, and the words for them: those of
 * RFC 6455 (a frame that is not masked, a header that is missing, an Origin that is not allowed) and of those who run it
 * (a backend that refused, a client that did not answer a ping).
 *
 * Most need words of a WebSocket beside those of their mechanism: “message too large” is said of mails as well.
 */
import { aloneRules } from '#lib/words/failure-alone.ts'
import { endingRules } from '#lib/words/failure-endings.ts'
import { frameRules } from '#lib/words/failure-frames.ts'
import { handshakeRules } from '#lib/words/failure-handshakes.ts'
import type { FailureRule } from '#lib/words/failure-rule.ts'

/** In order: the first that fits a line gives its meaning. */
export const failureRules: readonly FailureRule[] = [
  ...frameRules,
  ...handshakeRules,
  ...endingRules,
  ...aloneRules,
]
