/** What a page of HTML says, for people who read an error page: without tags, styles and scripts. */

const UNSEEN = /<(style|script|head)\b/iy
const CLOSING: Readonly<Record<string, RegExp>> = {
  style: /<\/style>/gi,
  script: /<\/script>/gi,
  head: /<\/head>/gi,
}

/** In one pass, whatever is left open; what no `>` closes is text. */
export function textOfHtml(html: string): string {
  /** Elements that nothing closes any more. */
  const open = new Set<string>()
  const said: string[] = []
  let at = 0
  for (;;) {
    const tag = html.indexOf('<', at)
    const end = tag < 0 ? -1 : html.indexOf('>', tag)
    if (end < 0) break
    said.push(html.slice(at, tag))
    at = end + 1
    UNSEEN.lastIndex = tag
    const name = UNSEEN.exec(html)?.[1]?.toLowerCase() ?? ''
    const closing = CLOSING[name]
    if (!closing || open.has(name)) continue
    closing.lastIndex = tag
    if (closing.test(html)) at = closing.lastIndex
    else open.add(name)
  }
  said.push(html.slice(at))
  return said.join(' ').replace(/\s+/g, ' ').trim()
}
