/** Every rule there is, in the order in which a handshake meets what they are about. */
import type { Rule } from '#lib/configs/nginx/rule.ts'
import answerChanged from '#lib/configs/nginx/rules/answer-changed.ts'
import bufferingHasNoEffect from '#lib/configs/nginx/rules/buffering-has-no-effect.ts'
import cacheOnWebsocket from '#lib/configs/nginx/rules/cache-on-websocket.ts'
import connectionHeaderMissing from '#lib/configs/nginx/rules/connection-header-missing.ts'
import connectionLiteral from '#lib/configs/nginx/rules/connection-literal.ts'
import expressionUntried from '#lib/configs/nginx/rules/expression-untried.ts'
import forwardedHeadersMissing from '#lib/configs/nginx/rules/forwarded-headers-missing.ts'
import handshakeChanged from '#lib/configs/nginx/rules/handshake-changed.ts'
import headersNotInherited from '#lib/configs/nginx/rules/headers-not-inherited.ts'
import hostNotForwarded from '#lib/configs/nginx/rules/host-not-forwarded.ts'
import hostWithoutPort from '#lib/configs/nginx/rules/host-without-port.ts'
import httpVersion from '#lib/configs/nginx/rules/http-version.ts'
import http2Upstream from '#lib/configs/nginx/rules/http2-upstream.ts'
import limitOnWebsocket from '#lib/configs/nginx/rules/limit-on-websocket.ts'
import originChanged from '#lib/configs/nginx/rules/origin-changed.ts'
import pathNotProxied from '#lib/configs/nginx/rules/path-not-proxied.ts'
import pathRewritten from '#lib/configs/nginx/rules/path-rewritten.ts'
import pathShadowed from '#lib/configs/nginx/rules/path-shadowed.ts'
import readTimeoutShort from '#lib/configs/nginx/rules/read-timeout-short.ts'
import redirect from '#lib/configs/nginx/rules/redirect.ts'
import sessionOnAnyServer from '#lib/configs/nginx/rules/session-on-any-server.ts'
import upgradeHeaderMissing from '#lib/configs/nginx/rules/upgrade-header-missing.ts'

export const rules: readonly Rule[] = [
  expressionUntried,
  redirect,
  pathNotProxied,
  pathShadowed,
  pathRewritten,
  headersNotInherited,
  upgradeHeaderMissing,
  connectionHeaderMissing,
  httpVersion,
  http2Upstream,
  handshakeChanged,
  answerChanged,
  cacheOnWebsocket,
  limitOnWebsocket,
  sessionOnAnyServer,
  originChanged,
  hostNotForwarded,
  hostWithoutPort,
  readTimeoutShort,
  connectionLiteral,
  forwardedHeadersMissing,
  bufferingHasNoEffect,
]
