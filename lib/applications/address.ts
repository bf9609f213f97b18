/** An address as fixes change it. */
export const withoutQuery = (address: string): string => address.split('?', 1)[0] ?? ''
