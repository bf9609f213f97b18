/** Foreign text as one word, or one string, of the syntax that reads it: whatever is in it, nothing of it runs. */

/** One word of a POSIX shell: single quotes keep everything but themselves literal. HAProxy reads them alike. */
export function shellQuote(word: string): string {
  if (/^[A-Za-z0-9_/:=.,@%+-]+$/.test(word)) return word
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** A string of JavaScript and of Python alike. */
export const scriptQuote = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`

/** One word of nginx's or Apache's configuration. */
export const configQuote = (word: string): string =>
  /[\s;{}"'\\#$]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word
