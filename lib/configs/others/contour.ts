/** Contour’s HTTPProxy: its Envoy takes an upgrade only on the routes that say so. */
import type { OtherCheck } from '#lib/configs/others/finding.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

const KIND = /^["']?kind["']?: ["']?HTTPProxy\b/
const ROUTES = /^(\s{0,80})routes:\s{0,10}(?:#.*)?$/
const ITEM = /^(\s{0,80})- /
const ENABLED = /^\s{0,80}(?:- )?enableWebsockets:\s{1,10}true\b/

export const contour: OtherCheck = (lines) => {
  if (!lines.some((text) => KIND.test(text))) return []
  const routes = routesIn(lines)
  // Where one of them is enabled, that may be the WebSocket’s.
  const severity = routes.some(({ isEnabled }) => isEnabled) ? 'info' : 'error'
  return routes
    .filter(({ isEnabled }) => !isEnabled)
    .map(({ line, index }) => ({
      rule: 'contour-websockets',
      severity,
      line,
      cause: 'proxy-misconfigured',
      says: sentence`This route has no enableWebsockets: true. Contour’s Envoy answers 403 to each handshake here by itself, and asks no service.`,
      change: {
        program: 'shell',
        where: sentence`On the HTTPProxy, for this route`,
        text: shell`kubectl patch httpproxy YOUR_HTTPPROXY --type json -p '[{"op":"add","path":"/spec/routes/${index}/enableWebsockets","value":true}]'`,
      },
    }))
}

type Route = { readonly line: number; readonly index: number; isEnabled: boolean }

/** The items of each list of routes, by their indentation. */
function routesIn(lines: readonly string[]): Route[] {
  const found: Route[] = []
  let list: { outer: number; inner: number | undefined; count: number } | undefined
  for (const [at, text] of lines.entries()) {
    const opens = ROUTES.exec(text)
    if (opens) {
      list = { outer: opens[1]?.length ?? 0, inner: undefined, count: 0 }
      continue
    }
    if (list === undefined || text.trim() === '' || /^\s{0,80}#/.test(text)) continue
    const depth = text.length - text.trimStart().length
    const item = ITEM.exec(text)?.[1]?.length
    if (depth < list.outer || (depth === list.outer && item === undefined)) {
      list = undefined
      continue
    }
    list.inner ??= item
    if (item !== undefined && item === list.inner)
      found.push({ line: at + 1, index: list.count++, isEnabled: false })
    const route = found.at(-1)
    if (route && ENABLED.test(text)) route.isEnabled = true
  }
  return found
}
