/** One line without a blank is an address; everything else is read. */
export const isAddress = (text: string): boolean =>
  !/\s/.test(text.trim()) && !/^[{[<]/.test(text.trim()) && closeCodeIn(text) === undefined

/**
 * The close code where one is all that there is. Those of RFC 6455 alone: 3000 and 4000 are ports of development servers,
 * which people type as an address.
 */
export const closeCodeIn = (text: string): string | undefined => /^10(?:0\d|1[0-5])$/.exec(text.trim())?.[0]
