/** One line without a blank is an address; everything else is read. */
export const isAddress = (text: string): boolean => !/\s/.test(text.trim()) && !/^[{[<]/.test(text.trim())
