/** What a page of HTML says, for people who read an error page: without tags, styles and scripts, of which the last may be cut off. */

const UNSEEN = /<(style|script)\b/iy
const CLOSING: Readonly<Record<string, RegExp>> = {
  style: /<\/style\s{0,20}>/gi,
  script: /<\/script\s{0,20}>/gi,
}

/** In one pass. What no `>` closes is text; a style or script that nothing closes goes on to the end, as in browsers. */
export function textOfHtml(html: string): string {
  const said: string[] = []
  let at = 0
  for (;;) {
    const tag = html.indexOf('<', at)
    const end = tag < 0 ? -1 : html.indexOf('>', tag)
    if (end < 0) break
    said.push(html.slice(at, tag))
    at = end + 1
    UNSEEN.lastIndex = tag
    const closing = CLOSING[UNSEEN.exec(html)?.[1]?.toLowerCase() ?? '']
    if (!closing) continue
    closing.lastIndex = tag
    at = closing.test(html) ? closing.lastIndex : html.length
  }
  said.push(html.slice(at))
  const text = said.join(' ').replace(ENTITY, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
  return text.replace(/\s+/g, ' ').trim()
}

/** Those that error pages write. */
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  '#34': '"',
  '#39': "'",
  '#039': "'",
  '#x27': "'",
}
const ENTITY = /&(#?\w{2,4});/g

/** Whether a text is a page, by what it begins with. */
export const isHtml = (text: string): boolean =>
  /^\s{0,200}<(?:!doctype|\?xml|html|head|body|title|h1|!--)/i.test(text)
