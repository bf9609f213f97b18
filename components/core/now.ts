/** Milliseconds since the Unix epoch with fractions; never runs backwards. */
export const now = (): number => performance.timeOrigin + performance.now()
