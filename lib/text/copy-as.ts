/**
 * The same connection for other clients, ready to paste: URLs and values are quoted for what will read them
 * (a POSIX shell, Python, JavaScript), so that nothing in a URL can run.
 */
import { shellQuote } from '#lib/text/quote.ts'

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

/** @throws TypeError when the URL is no ws:// or wss:// URL: nothing else is ever put into a command. */
export function copyAs(tool: CopyTool, source: CopySource): string {
  const url = new URL(source.url)
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    throw new TypeError(`no WebSocket URL: ${source.url}`)
  return writers[tool](url, source.subprotocols ?? [], source.origin ?? null)
}

type Writer = (url: URL, subprotocols: readonly string[], origin: string | null) => string

const writers = {
  wscat: (url, subprotocols, origin) =>
    command('wscat', [
      option('--connect', url.href),
      ...subprotocols.map((subprotocol) => option('--subprotocol', subprotocol)),
      ...(origin === null ? [] : [option('--origin', origin)]),
      '--show-ping-pong',
    ]),

  websocat: (url, subprotocols, origin) =>
    command('websocat', [
      '--verbose',
      ...(subprotocols.length === 0 ? [] : [option('--protocol', subprotocols.join(', '))]),
      ...(origin === null ? [] : [option('--origin', origin)]),
      shellQuote(url.href),
    ]),

  curl: (url, subprotocols, origin) =>
    command('curl', [
      // Over TLS curl may negotiate HTTP/2, which has no Upgrade; brackets in a URL are no patterns.
      '--http1.1 --include --no-buffer --globoff',
      ...handshakeHeaders(subprotocols, origin).map((header) => option('--header', header)),
      shellQuote(url.href.replace(/^ws/, 'http')),
    ]),

  python: (url, subprotocols, origin) =>
    [
      'import asyncio',
      'import websockets  # pip install websockets',
      '',
      '',
      'async def main():',
      '    async with websockets.connect(',
      `        ${literal(url.href)},`,
      ...(origin === null ? [] : [`        origin=${literal(origin)},`]),
      ...(subprotocols.length === 0
        ? []
        : [`        subprotocols=[${subprotocols.map(literal).join(', ')}],`]),
      '    ) as socket:',
      '        print("open, subprotocol:", socket.subprotocol)',
      '        try:',
      '            while True:',
      '                print(await socket.recv())',
      '        except websockets.ConnectionClosed:',
      '            print("closed:", socket.close_code, socket.close_reason)',
      '',
      '',
      'asyncio.run(main())',
    ].join('\n'),

  console: (url, subprotocols) =>
    [
      `const socket = new WebSocket(${[url.href, ...(subprotocols.length > 0 ? [subprotocols] : [])].map(literal).join(', ')})`,
      "socket.onopen = () => console.log('open, subprotocol:', socket.protocol)",
      "socket.onmessage = ({ data }) => console.log('in', data)",
      "socket.onerror = () => console.log('error (script is told no more)')",
      "socket.onclose = ({ code, reason, wasClean }) => console.log('close', code, reason, wasClean)",
    ].join('\n'),
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

function command(program: string, words: readonly string[]): string {
  return [program, ...words].join(' \\\n  ')
}

// With "=", a value that begins with a dash cannot pass for another option; curl takes none, but needs none:
// what follows its option is the value whatever it begins with, and ours begin with the header's name.
function option(name: string, value: string): string {
  return name === '--header' ? `${name} ${shellQuote(value)}` : `${name}=${shellQuote(value)}`
}

/** JSON is a literal of both Python and JavaScript for strings and lists of strings. */
function literal(value: string | readonly string[]): string {
  return JSON.stringify(value)
}
