/**
 * The same connection for other clients, ready to paste: URLs and values are quoted for what will read them
 * (a POSIX shell, Python, JavaScript), so that nothing in a URL can run.
 */
import { type Code, joined } from '#lib/text/code.ts'
import { js, python } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

export interface CopySource {
  /** A ws:// or wss:// URL. */
  readonly url: string
  readonly subprotocols?: readonly string[]
  /** Sent as the Origin header where the client can; a browser's console always sends its page's own. */
  readonly origin?: string | null
}

export const copyTools = ['wscat', 'websocat', 'curl', 'python', 'console'] as const

export type CopyTool = (typeof copyTools)[number]

export const copyLabels = {
  wscat: 'wscat',
  websocat: 'websocat',
  curl: 'curl (handshake only)',
  python: 'Python (websockets)',
  console: 'Browser console',
} satisfies Record<CopyTool, string>

export type Copied = Code<'shell' | 'python' | 'js'>

/** @throws TypeError when the URL is no ws:// or wss:// URL: nothing else is ever put into a command. */
export function copyAs(tool: CopyTool, source: CopySource): Copied {
  const url = new URL(source.url)
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    throw new TypeError(`no WebSocket URL: ${source.url}`)
  return writers[tool](url, source.subprotocols ?? [], source.origin ?? null)
}

type Writer = (url: URL, subprotocols: readonly string[], origin: string | null) => Copied

const writers = {
  wscat: (url, subprotocols, origin) =>
    command(shell`wscat`, [
      shell`--connect=${shell.word(url.href)}`,
      ...subprotocols.map((subprotocol) => shell`--subprotocol=${shell.word(subprotocol)}`),
      ...(origin === null ? [] : [shell`--origin=${shell.word(origin)}`]),
      shell`--show-ping-pong`,
    ]),

  websocat: (url, subprotocols, origin) =>
    command(shell`websocat`, [
      shell`--verbose`,
      ...(subprotocols.length === 0 ? [] : [shell`--protocol=${shell.word(subprotocols.join(', '))}`]),
      ...(origin === null ? [] : [shell`--origin=${shell.word(origin)}`]),
      shell.word(url.href),
    ]),

  curl: (url, subprotocols, origin) =>
    command(shell`curl`, [
      // Over TLS curl may negotiate HTTP/2, which has no Upgrade; brackets in a URL are no patterns.
      shell`--http1.1 --include --no-buffer --globoff`,
      ...handshakeHeaders(subprotocols, origin).map((header) => shell`--header ${shell.word(header)}`),
      shell.word(url.href.replace(/^ws/, 'http')),
    ]),

  python: (url, subprotocols, origin) => {
    const names = joined(subprotocols.map(python.string), ', ')
    return joined(
      [
        python`import asyncio`,
        python`import websockets  # pip install websockets`,
        python``,
        python``,
        python`async def main():`,
        python`    async with websockets.connect(`,
        python`        ${python.string(url.href)},`,
        ...(origin === null ? [] : [python`        origin=${python.string(origin)},`]),
        ...(subprotocols.length === 0 ? [] : [python`        subprotocols=[${names}],`]),
        python`    ) as socket:`,
        python`        print("open, subprotocol:", socket.subprotocol)`,
        python`        try:`,
        python`            while True:`,
        python`                print(await socket.recv())`,
        python`        except websockets.ConnectionClosed:`,
        python`            print("closed:", socket.close_code, socket.close_reason)`,
        python``,
        python``,
        python`asyncio.run(main())`,
      ],
      '\n',
    )
  },

  console: (url, subprotocols) => {
    const names = joined(subprotocols.map(js.string), ', ')
    const more = subprotocols.length === 0 ? js`` : js`, [${names}]`
    return joined(
      [
        js`const socket = new WebSocket(${js.string(url.href)}${more})`,
        js`socket.onopen = () => console.log('open, subprotocol:', socket.protocol)`,
        js`socket.onmessage = ({ data }) => console.log('in', data)`,
        js`socket.onerror = () => console.log('error (script is told no more)')`,
        js`socket.onclose = ({ code, reason, wasClean }) => console.log('close', code, reason, wasClean)`,
      ],
      '\n',
    )
  },
} satisfies Record<CopyTool, Writer>

// The key is the RFC's sample: the right answer to it is Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= (RFC 6455 §1.3).
function handshakeHeaders(subprotocols: readonly string[], origin: string | null): string[] {
  return [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(subprotocols.length === 0 ? [] : [`Sec-WebSocket-Protocol: ${subprotocols.join(', ')}`]),
    ...(origin === null ? [] : [`Origin: ${origin}`]),
  ]
}

// Options are written with "=": so a value that begins with a dash cannot pass for another one. curl's take none and
// need none: what follows is the value whatever it begins with, and ours begins with the header's name.
const command = (program: Code<'shell'>, words: readonly Code<'shell'>[]): Code<'shell'> =>
  joined([program, ...words], ' \\\n  ')
