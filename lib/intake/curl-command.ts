/** What `curl` was told to ask, as it was typed: `curl -i` shows the answer alone, and the key stands in the command. */

import type { HeaderList } from '#lib/evidence/schema.ts'
import type { HttpText } from '#lib/intake/http-text.ts'
import type { Lines } from '#lib/intake/lines.ts'

const COMMAND = /^\s{0,8}(?:[$#%>❯➜] |\S{1,80}[$#%>] )?(?:\w{1,20}=\S{1,80} )?curl(?:\.exe)? \S/
const GOES_ON = /[\\^`]\s{0,4}$/
const MOST_LINES = 40

const HEADER =
  /(?:^|\s)(?:-H|--header)[ =]{0,2}(?:"([!#$%&'*+.^_`|~\w-]{1,200}): {0,4}([^"\n]{0,4000})"|'([!#$%&'*+.^_`|~\w-]{1,200}): {0,4}([^'\n]{0,4000})')/g
const URL_OF = /(?:^|\s)["']?((?:https?|wss?):\/\/[^\s"'\\]{1,4000})/i

/** The referrer's and the proxy's. */
const OTHER_ADDRESS = /\s(?:-[ex]|--(?:referer|proxy|preproxy))[ =]{0,2}\S{1,4000}/g

/** The command that begins at this line, over as many as it was typed, and the handshake that it asks for. */
export function curlCommandAt(lines: Lines, at: number): { end: number; asked?: HttpText } | undefined {
  if (!COMMAND.test(lines.at(at))) return undefined
  let end = at + 1
  while (end - at < MOST_LINES && end < lines.length && GOES_ON.test(lines.at(end - 1))) end++
  const typed = lines.join(at, end).replace(/[\\^`]?\s{0,4}\n/g, ' ')
  const headers: HeaderList = [...typed.matchAll(HEADER)]
    .map(([, name = '', value = '', otherName = name, otherValue = value]): [string, string] => [
      otherName,
      otherValue.trim(),
    ])
    .slice(0, MOST_HEADERS)
  const address = URL_OF.exec(typed.replace(HEADER, ' ').replace(OTHER_ADDRESS, ' '))?.[1] ?? ''
  const isHandshake = headers.some(([name, value]) => /^upgrade$/i.test(name) && /websocket/i.test(value))
  if (!isHandshake || !URL.canParse(address)) return { end }
  const url = new URL(address.replace(/^ws/i, 'http'))
  return {
    end,
    asked: {
      end,
      program: 'curl',
      url: url.href.replace(/^http/, 'ws'),
      request: {
        method: 'GET',
        target: `${url.pathname}${url.search}`,
        version: '1.1',
        headers: [['Host', url.host], ...headers],
      },
    },
  }
}

const MOST_HEADERS = 100
