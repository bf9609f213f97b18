/** The address that lines of the evidence name, where nobody gave one: good enough for a fix, and for nothing else. */
import type { Facts } from '#lib/facts/facts.ts'

const MOST_LINES = 50
const LONGEST_LINE = 2000

const URL_IN = /\bwss?:\/\/[^\s'"<>“”‘’`),\]}]{1,1000}/i
const PATH_IN =
  /(?:\b(?:GET|CONNECT) |\b(?:path|route|endpoint|uri|request_path)["']?(?:=|: ?| )b?["'`]?|\[accepted\] |\bWebSocket )(\/[\w./~%@+:-]{1,200})(?=[\s"'`?,;)\]}]|$)/i

function* linesOf({ evidence, proxy }: Facts): Generator<string> {
  const { client, browser, server } = evidence
  yield* (browser?.console ?? []).slice(0, MOST_LINES)
  for (const { text } of (client?.lines ?? []).slice(0, MOST_LINES)) yield text
  for (const { text } of (server ?? []).slice(0, MOST_LINES)) if (text !== undefined) yield text
  for (const { record } of proxy.access.slice(0, MOST_LINES))
    if (record.path !== undefined) yield `GET ${record.path}`
  for (const { record } of proxy.notices.slice(0, MOST_LINES)) {
    if (record.path !== undefined) yield `GET ${record.path}`
    yield record.text
  }
}

/** Undefined where no line has one. */
export function namedUrl(facts: Facts): URL | undefined {
  for (const line of linesOf(facts)) {
    const url = URL.parse(URL_IN.exec(line.slice(0, LONGEST_LINE))?.[0] ?? '')
    if (url !== null && url.hostname !== '') return url
  }
  return undefined
}

/** Without a query. Undefined where no line has one. */
export function namedPath(facts: Facts): string | undefined {
  const url = namedUrl(facts)
  if (url !== undefined) return url.pathname
  for (const line of linesOf(facts)) {
    const path = PATH_IN.exec(line.slice(0, LONGEST_LINE))?.[1]
    if (path !== undefined) return path
  }
  return undefined
}
