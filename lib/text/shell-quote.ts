/** One word of a POSIX shell, whatever is in it: single quotes keep everything but themselves literal. */
export function shellQuote(word: string): string {
  if (/^[A-Za-z0-9_/:=.,@%+-]+$/.test(word)) return word
  return `'${word.replaceAll("'", `'\\''`)}'`
}
