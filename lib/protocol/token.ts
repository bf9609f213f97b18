/** A token of HTTP (RFC 9110 §5.6.2): the name of a header, or of a subprotocol. */
export const isToken = (text: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(text)
