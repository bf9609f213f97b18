/** The token by which the browser's and the server's view of one connection are laid side by side (`?trace=`). */
export const tracePattern = /^[A-Za-z0-9_-]{1,64}$/
