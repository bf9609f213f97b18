/** The head of an HTTP/1.x response as the bytes had it: order, case and repetition of header lines are kept. */

export type HeaderLine = readonly [name: string, value: string]

export interface ResponseHead {
  readonly version: string
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HeaderLine[]
}

const STATUS_LINE = /^HTTP\/(\d+(?:\.\d+)?) (\d{3})(?: (.*))?$/

/** Reads a head without its closing blank line, as latin1; undefined where it is not HTTP. */
export function parseResponseHead(text: string): ResponseHead | undefined {
  const [statusLine = '', ...lines] = text.replace(/\r$/, '').split(/\r?\n/)
  const status = STATUS_LINE.exec(statusLine)
  if (!status) return undefined
  const headers: HeaderLine[] = []
  for (const line of lines) {
    const last = headers.at(-1)
    // Obsolete line folding (RFC 9112 §5.2) continues the value before.
    if (/^[ \t]/.test(line) && last) {
      const values = [last[1], line.trim()].filter((value) => value !== '')
      headers[headers.length - 1] = [last[0], values.join(' ')]
    } else {
      const colon = line.indexOf(':')
      headers.push(colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()])
    }
  }
  return {
    version: status[1] ?? '',
    status: Number(status[2]),
    statusText: status[3] ?? '',
    headers,
  }
}

/** The first value of a header, whatever the case of its name. */
export const headerOf = (headers: readonly HeaderLine[], name: string): string | undefined =>
  headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
