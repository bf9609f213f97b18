/** Every rule there is, in the order in which a handshake meets what they are about. */
import type { Rule } from '#lib/linters/nginx/rule.ts'
import bufferingHasNoEffect from '#lib/linters/nginx/rules/buffering-has-no-effect.ts'
import cacheOnWebsocket from '#lib/linters/nginx/rules/cache-on-websocket.ts'
import connectionHeaderMissing from '#lib/linters/nginx/rules/connection-header-missing.ts'
import connectionLiteral from '#lib/linters/nginx/rules/connection-literal.ts'
import forwardedHeadersMissing from '#lib/linters/nginx/rules/forwarded-headers-missing.ts'
import headersNotInherited from '#lib/linters/nginx/rules/headers-not-inherited.ts'
import hostNotForwarded from '#lib/linters/nginx/rules/host-not-forwarded.ts'
import httpVersion from '#lib/linters/nginx/rules/http-version.ts'
import http2Upstream from '#lib/linters/nginx/rules/http2-upstream.ts'
import limitOnWebsocket from '#lib/linters/nginx/rules/limit-on-websocket.ts'
import originChanged from '#lib/linters/nginx/rules/origin-changed.ts'
import pathNotProxied from '#lib/linters/nginx/rules/path-not-proxied.ts'
import pathShadowed from '#lib/linters/nginx/rules/path-shadowed.ts'
import readTimeoutShort from '#lib/linters/nginx/rules/read-timeout-short.ts'
import redirect from '#lib/linters/nginx/rules/redirect.ts'
import upgradeHeaderMissing from '#lib/linters/nginx/rules/upgrade-header-missing.ts'

export const rules: readonly Rule[] = [
  redirect,
  pathNotProxied,
  pathShadowed,
  headersNotInherited,
  upgradeHeaderMissing,
  connectionHeaderMissing,
  httpVersion,
  http2Upstream,
  cacheOnWebsocket,
  limitOnWebsocket,
  originChanged,
  hostNotForwarded,
  readTimeoutShort,
  connectionLiteral,
  forwardedHeadersMissing,
  bufferingHasNoEffect,
]
