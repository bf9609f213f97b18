/** What a refusal says in words: the text of its body as a person would read it, and headers that hold a reason. */
import type { ProbeHttp } from '#lib/evidence/schema.ts'
import { isHtml, textOfHtml } from '#lib/text/html.ts'
import { isStatusName } from '#lib/words/status-words.ts'

/** A list of names in JSON, such as those that are allowed. A body may end in the middle of it. */
const LIST = /"\w{1,40}" ?: ?\[ ?(?:"[^"\\]{0,200}"(?: ?, ?|(?= ?\])|$)){3,}(?: ?\]|[^\]]{0,200}$)/g

/** Without tags, scripts, styles and what is offered in place: a script that speaks of an origin refuses none. */
export const bodyText = ({ body_start: body = '' }: ProbeHttp): string =>
  // By what it begins with: many servers call every body HTML.
  isHtml(body) ? textOfHtml(body) : body.startsWith('{') ? withoutOffers(body).replace(LIST, '') : body

/** Members of a refusal in JSON that tell why, however they are nested. */
const REASON_KEY = /err|reason|detail|message|fault|issue|violation|problem|cause|meta|data|body|response/i

/**
 * An object of JSON, perhaps cut off, without those members whose value is a list or an object and whose name tells of no
 * reason: the routes that exist, links to documentation.
 */
function withoutOffers(body: string): string {
  let kept = ''
  let from = 0
  let depth = 0
  let key = ''
  let offer: { at: number } | null = null
  const token = /"((?:[^"\\]|\\[\s\S]?)*)(?:"(\s*:)?)?|[[\]{}]/g
  for (let found = token.exec(body); found !== null; found = token.exec(body)) {
    const [text, word, colon] = found
    if (word !== undefined) {
      if (colon !== undefined && depth === 1) key = word
    } else if (text === '[' || text === '{') {
      if (depth === 1 && !REASON_KEY.test(key)) offer = { at: found.index }
      depth++
    } else {
      depth--
      if (depth !== 1 || offer === null) continue
      kept += body.slice(from, offer.at)
      from = token.lastIndex
      offer = null
    }
  }
  return kept + body.slice(from, offer?.at)
}

/** What stands in the status line in place of the status's name: Autobahn, Tornado and others give their reason there. */
export function reasonPhrase({ status_text: text = '' }: ProbeHttp): string {
  return isStatusName(text) ? '' : text.trim()
}

/**
 * Headers in which programs give their reason: WebSocket-Node's `request.reject(status, reason)`, Squid's error and its
 * errno, and Envoy's, Tyk's and others' details.
 */
const REASONS = ['x-websocket-reject-reason', 'x-squid-error', 'x-error', 'x-error-message', 'x-reason']

/** Each as `name: value`, by which the phrasebook knows it. */
export const reasonHeaders = ({ headers = [] }: ProbeHttp): string[] =>
  headers.flatMap(([name, value]) => (REASONS.includes(name.toLowerCase()) ? [`${name}: ${value}`] : []))
