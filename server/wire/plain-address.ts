/** The IPv4 address that an IPv6 one maps (RFC 4291 §2.5.5.2): so a system that listens on both families names its peers. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
