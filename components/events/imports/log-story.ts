/** The part that imported logs have in one connection's story. */
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { parseLine } from '#lib/logs/line.ts'
import { formatNames, type LineFormat } from '#lib/logs/record.ts'
import { visible } from '#lib/text/foreign.ts'
import type { LogPart, Teller, Told } from '../story.ts'
import type { RawLine } from './raw-line.ts'

/** Formats of programs that answer WebSockets themselves; all others are of those in between. */
const OF_SERVERS: ReadonlySet<LineFormat> = new Set([
  'why1006-text',
  'why1006-json',
  'why1006-original',
  'django',
  'asgi',
  'framework',
])

const tellerOf = (format: LineFormat): Teller => (OF_SERVERS.has(format) ? 'server' : 'proxy')

/**
 * @param connection as all logs together tell it; undefined where none does
 * @param lines in which its client id stands
 */
export function partOf(
  connection: LoggedConnection | undefined,
  lines: readonly RawLine[],
  files: readonly string[],
): LogPart {
  const quoted = [connection?.access, ...(connection?.notices ?? [])].flatMap((one) => one ?? [])
  const told = [
    ...quoted.map(({ record, line, place }) => ({
      by: tellerOf(record.format),
      atMs: record.atMs ?? null,
      word: record.kind === 'access' ? 'access' : 'notice',
      tone: 'plain' as const,
      text: visible(line),
      from: place === undefined ? formatNames[record.format] : `${place.file}:${place.number}`,
    })),
    ...lines.map(toldOf),
  ]
  const ofProxy = told.some(({ by }) => by === 'proxy')
  const names = files.join(', ')
  return {
    told,
    joinedBy: ofProxy ? (connection?.clientId === undefined ? 'its own line' : 'address and time') : null,
    missing: ofProxy ? null : `No line of a proxy in ${names} ended within 2 s of it at the same age.`,
  }
}

function toldOf({ file, number, text }: RawLine): Told {
  const record = parseLine(text)
  return {
    by: record === undefined ? 'server' : tellerOf(record.format),
    atMs: record?.atMs ?? null,
    word: record?.kind === 'app' ? record.event : 'line',
    tone: 'plain',
    text: visible(text),
    from: `${file}:${number}`,
  }
}
