/** How Chromium begins what it prints of a socket that failed; for examples. */
export const failed = (words: string): string =>
  `WebSocket connection to 'wss://app.example/ws' failed: ${words}`

/** @param code as in `ERR_CONNECTION_REFUSED` */
export const establishing = (code: string): string => `Error in connection establishment: net::${code}`
