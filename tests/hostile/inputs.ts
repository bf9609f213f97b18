/**
 * Inputs as an enemy or an accident makes them: what real programs wrote, cut, repeated, mixed, and with the words put
 * in that JavaScript, shells, terminals and markup take for more than text.
 */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { programs } from '#lib/words/programs.ts'
import { anyText } from '#tests/any-text.ts'
import { composedCases, truthCases } from '#tests/unit/diagnosis/truth.ts'
import { logFixtures } from '#tests/unit/logs/fixtures.ts'

const MOST_LINES_OF_A_FILE = 40
const fixtures = new URL('../fixtures/', import.meta.url)
const textAt = (path: string) => readFileSync(new URL(path, fixtures), 'utf8')

const logLines = logFixtures.flatMap(({ id, files }) =>
  files
    .filter((file) => !file.endsWith('.gz'))
    .flatMap((file) => textAt(`logs/${id}/${file}`).split('\n').slice(0, MOST_LINES_OF_A_FILE)),
)
const configurations = readdirSync(new URL('nginx/', fixtures)).map((id) => textAt(`nginx/${id}/nginx.conf`))
const sentences = programs.flatMap(({ phrases }) => phrases.map(({ example }) => example))
const cases = [...truthCases, ...composedCases].map(({ evidence }) => evidence)
const addresses = cases.flatMap(({ target }) => target?.url ?? [])
const heads = cases.flatMap(({ probe }) => {
  const { status, status_text = '', headers = [] } = probe?.http ?? {}
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return status === undefined ? [] : [`HTTP/1.1 ${status} ${status_text}\r\n${lines.join('\r\n')}\r\n\r\n`]
})

/** As `constantFrom`, which first compares each with all others: of tens of thousands that takes longer than the tests. */
const oneOf = <T>(all: readonly T[]): fc.Arbitrary<T> => fc.nat(all.length - 1).map((at) => all[at] as T)

/** Text that something takes for more than text. */
const LOADED = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', '__defineGetter__'],
  ...[
    '\u0000',
    '\r',
    '\n',
    '\r\n',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\u202e',
    '\u200b',
    '\ud800',
    '\udfff',
    '\u001b[2J',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '$(id)',
    '$'.concat('{x}'),
    '<script>',
    '](javascript:0)',
    '|',
    '*/',
    '-->',
    '%s',
    '%00',
    '%ff',
  ],
  ...['{', '}', '[', ']', '(', ')', ';', '#', ':', ',', '=', '- ', '/', '..', '?', '&', '@', ' ', '\t'],
  ...[
    '-1',
    '0',
    '1e309',
    'NaN',
    '99999999999999999999',
    '0x10',
    '1006',
    '9999-99-99T99:99:99Z',
    'null',
    'true',
  ],
]
const loaded = oneOf(LOADED)

type Change = (text: string) => string
const share = (text: string, part: number) => Math.floor(text.length * part)
const part = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true })

/** Long enough that twice the work for each character shows, short enough for tens of thousands of them. */
const LONGEST = 8192

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(part, loaded).map(([at, word]): Change => put(at, 0, () => word)) },
  {
    weight: 2,
    arbitrary: fc.tuple(part, fc.nat(40)).map(([at, length]): Change => put(at, length, () => '')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(part, fc.nat(30), loaded).map(([at, length, word]) => put(at, length, () => word)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(part, fc.integer({ min: 1, max: 60 }), fc.constantFrom(2, 3, 50, 1000))
      .map(([at, length, times]) => put(at, length, (cut) => cut.repeat(times))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(part, loaded, fc.nat(2000)).map(([at, word, n]) => put(at, 0, () => word.repeat(n))),
  },
  {
    weight: 1,
    arbitrary: anyText(40).map(
      (text): Change =>
        () =>
          text,
    ),
  },
  { weight: 1, arbitrary: fc.constant<Change>((text) => text.toUpperCase()) },
)

function put(at: number, length: number, replaced: (cut: string) => string): Change {
  return (text) => {
    const from = share(text, at)
    return text.slice(0, from) + replaced(text.slice(from, from + length)) + text.slice(from + length)
  }
}

/** Some of them, changed as often as not. */
export const changed = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.array(change, { maxLength: 4 }))
    .map(([text, changes]) => changes.reduce((so, next) => next(so).slice(0, LONGEST), text))

const line = fc.oneof(oneOf(logLines), oneOf(sentences), oneOf(addresses), oneOf(LOADED))
const joined = (parts: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(parts, { minLength: 1, maxLength }).map((all) => all.join('\n'))

export const logLine = changed(fc.oneof({ weight: 4, arbitrary: oneOf(logLines) }, line))
export const log = fc.array(logLine, { minLength: 1, maxLength: 8 })
export const configuration = changed(oneOf(configurations))
export const head = changed(oneOf(heads))
export const address = changed(oneOf([...addresses, 'example.com', 'localhost:3000/ws', '[::1]:80']))

// ---------------------------------------------------------------- documents

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  changed(line),
  loaded,
  fc.double(),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], -1, 2 ** 53, 1e308),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A document as JSON has it, some of its members changed: names are loaded as often as values. */
const document = fc
  .tuple(
    oneOf(cases),
    fc.array(fc.tuple(fc.array(fc.nat(1000), { maxLength: 5 }), fc.option(loaded), leaf), { maxLength: 4 }),
  )
  .map(([evidence, changes]) => {
    const copy: unknown = structuredClone(evidence)
    for (const [path, name, value] of changes) replace(copy, path, name, value)
    return copy
  })

/** @param path which member at each level, counted round */
function replace(whole: unknown, path: readonly number[], name: string | null, value: unknown): void {
  let at = whole
  for (const [level, turn] of path.entries()) {
    if (typeof at !== 'object' || at === null) return
    const keys = Object.keys(at)
    const key = keys[turn % Math.max(1, keys.length)]
    if (key === undefined) return
    const isLast = level === path.length - 1
    if (isLast)
      Object.defineProperty(at, name ?? key, { value, enumerable: true, writable: true, configurable: true })
    else at = (at as Record<string, unknown>)[key]
  }
}

export const evidence = document

const nested = fc
  .tuple(fc.constantFrom('[', '{"a":', '{"log":{"entries":[', '{"peers":[{"x":'), fc.nat(3000))
  .map(([open, times]) => open.repeat(times))

const har = document.map((evidence) => {
  const { target, browser } = evidence as { target?: { url?: unknown }; browser?: { events?: unknown } }
  const headers = [{ name: 'Upgrade', value: 'websocket' }, target]
  const entry = {
    request: { url: target?.url, headers },
    response: { status: 101, headers, content: target },
    _webSocketMessages: browser?.events,
  }
  return JSON.stringify({ log: { entries: [entry, evidence, entry] } })
})

export const brought = fc.oneof(
  { weight: 4, arbitrary: joined(changed(line), 8) },
  { weight: 2, arbitrary: joined(fc.oneof(changed(line), configuration, head), 4) },
  { weight: 2, arbitrary: document.map((evidence) => JSON.stringify(evidence)) },
  { weight: 1, arbitrary: changed(document.map((evidence) => JSON.stringify(evidence))) },
  { weight: 1, arbitrary: har },
  { weight: 1, arbitrary: nested },
)

// ---------------------------------------------------------------- bytes and queries

/** What a server sends after its 101: frames of every shape, and what is no frame. */
export const frames = fc.array(
  fc.oneof(
    fc.record({
      opcode: fc.nat(15),
      payload: fc.uint8Array({ maxLength: 200 }),
      reserved: fc.nat(7),
      mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
      announcedLength: fc.option(fc.constantFrom(0, 1, 125, 126, 65_535, 65_536, 2 ** 32, 2 ** 53), {
        nil: undefined,
      }),
      lengthBytes: fc.option(fc.constantFrom(2 as const, 8 as const), { nil: undefined }),
    }),
    fc.uint8Array({ maxLength: 300 }),
  ),
  { maxLength: 8 },
)

const parameters = [
  ...['kinds', 'client_id', 'trace', 'after', 'before', 'limit', 'last', 'batch', 'url'],
  ...['ping_interval', 'ping_timeout', '__proto__', 'constructor', 'toString', ''],
]
export const query = fc
  .array(
    fc.tuple(fc.constantFrom(...parameters), fc.oneof(loaded, changed(line), fc.integer().map(String))),
    {
      maxLength: 8,
    },
  )
  .map((pairs) => new URLSearchParams(pairs))
