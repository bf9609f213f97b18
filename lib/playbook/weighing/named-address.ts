/** The address that lines of the evidence name, where nobody gave one: good enough for a fix, and for nothing else. */
import type { Facts } from '#lib/facts/facts.ts'

const MOST_LINES = 50
const LONGEST_LINE = 2000

const URL_IN = /\bwss?:\/\/[^\s'"<>“”‘’`),\]}]{1,1000}/i
const PATH_IN =
  /(?:\b(?:GET|CONNECT) |\b(?:path|route|endpoint|uri|request_path)["']?(?:=|: ?| )b?["'`]?|\[accepted\] |\bWebSocket )(\/[\w./~%@+:-]{1,200})(?=[\s"'`?,;)\]}]|$)/i

/** A host name or an address literal, as messages print it. */
const HOST = String.raw`\[?([\w-]{1,63}(?:\.[\w-]{1,63}){1,10}|[\w-]{2,63}|[\da-f:.]{3,45})\]?\.?`
const PORT = String.raw`(?::(\d{1,5}))?`

/**
 * How clients name the server that they could not resolve, reach or trust. Node: `ENOTFOUND`, `ECONNREFUSED`, `Host:`;
 * Go: `lookup`, `dial tcp`, `valid for …, not`; curl; Java and Android; .NET; Python; Dart.
 */
const PEER = [
  String.raw`\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) ${HOST}${PORT}(?![\w.:])`,
  String.raw`\blookup:? ["']?${HOST}["']?(?= on |: | \(|$)`,
  String.raw`\bdial tcp ${HOST}${PORT}: `,
  String.raw`\bresolve host(?:name)?:? ["']?${HOST}["']?(?![\w.])`,
  String.raw`\bUnknownHostException: ${HOST}(?=: |$)`,
  String.raw`\bhost is known\. \(${HOST}${PORT}\)`,
  String.raw`\bconnect to (?:host )?${HOST}(?:${PORT}| port (\d{1,5}))(?![\w.])`,
  String.raw`\bHost: ${HOST} is not (?:in the cert|cert)`,
  String.raw`\bHostname ${HOST} not verified`,
  String.raw`\bvalid for [^\n]{1,500}, not ${HOST}`,
  String.raw`\bnot valid for ["']${HOST}["']`,
  String.raw`\btarget host ?name ["']${HOST}["']`,
  String.raw`\b(?:address|host) = ${HOST}, port = (\d{1,5})`,
].map((form) => new RegExp(form, 'i'))

export type Peer = { host: string; port: string | undefined }

/** The server that the client's own lines name. Undefined where none does. */
export function namedPeer(facts: Facts): Peer | undefined {
  const url = namedUrl(facts)
  if (url !== undefined)
    return { host: url.hostname, port: url.port || (url.protocol === 'wss:' ? '443' : '80') }
  const { browser, client } = facts.evidence
  const lines = [...(browser?.console ?? []), ...(client?.lines ?? []).map(({ text }) => text)]
  for (const line of lines.slice(0, MOST_LINES))
    for (const form of PEER) {
      const [, host, ...ports] = form.exec(line.slice(0, LONGEST_LINE)) ?? []
      if (host !== undefined) return { host, port: ports.find((port) => port !== undefined) }
    }
  return undefined
}

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
