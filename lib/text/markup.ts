/** HTML that is put together from text: whatever enters is text, unless it is markup of ours already. */
import { visibleLines } from '#lib/text/foreign.ts'

declare const isMarkup: unique symbol

/** Only `markup` and `joined` make it. */
export type Markup = { readonly html: string; readonly [isMarkup]: true }

type Part = string | number | Markup | readonly Markup[] | undefined

const SPELLED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** As it may stand between tags and in a quoted attribute. */
const spelled = (text: string): string =>
  visibleLines(text).replace(/[&<>"']/g, (character) => SPELLED[character] ?? character)

const ours = (html: string): Markup => ({ html }) as Markup

/** markup`<p>${text}</p>`: text is escaped, invisible characters become visible, undefined is nothing. Attributes have to be quoted. */
export function markup(words: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = words[0] ?? ''
  for (const [at, part] of parts.entries()) html += written(part) + (words[at + 1] ?? '')
  return ours(html)
}

export const joined = (parts: readonly Markup[]): Markup => ours(parts.map(({ html }) => html).join(''))

function written(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return spelled(part)
  return 'html' in part ? part.html : joined(part).html
}

/** A block of data that no browser runs. The JSON parses as it did; nothing in it ends the block. */
export const dataBlock = (id: string, json: string): Markup =>
  ours(
    `<script type="application/json" id="${spelled(id)}">${visibleLines(json).replace(/</g, '\\u003c')}</script>`,
  )
