/** Lines in the formats of logs, judged together as connections, and what the phrasebook has of single ones. */
import type { Evidence } from '#lib/evidence/schema.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { sideOf, type Words } from '#lib/intake/from-words.ts'
import { whatItSays } from '#lib/intake/piece-of-sentence.ts'
import type { Pieces } from '#lib/intake/pieces.ts'
import type { Clock } from '#lib/intake/times.ts'
import type { AppRecord, LineParser, LogRecord } from '#lib/logs/record.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { readSentence, type Sentence } from '#lib/words/phrasebook.ts'

/** In place of a request, where a client speaks TLS. Scanners leave such lines among those of every public port. */
const TLS_BYTES = /"\\x16\\x03\\x0[0-4]/
const MOST_GARBLED = 20
const MOST_ASKED = 200

/** What a post puts before a line of a log: an indent, a quotation, a bullet, a backtick. */
const POSTED = /^(?:\s|> ?|[-*•] |`){1,12}(?=[\d[{<A-Z])/

export type LogLines = ReturnType<typeof createLogLines>

/** @param custom formats that a configuration beside them defines */
export function createLogLines(words: Words, custom: LineParser[]) {
  const logs = createLogReader({ isAsked: true, custom })
  let count = 0
  /** Connections of which a log writes that they were asked for, or accepted: false and true. */
  const asked = new Map<string, boolean>()
  /** Access lines of what began as TLS does, while there are no others. */
  let garbled: string[] | undefined = []
  function follow({ clientId, event }: AppRecord): void {
    // A line that names none may be about any of them.
    if (clientId === undefined) {
      if (event === 'disconnected' || event === 'rejected') asked.clear()
    } else if (event === 'attempt' || event === 'accepted') {
      if (asked.size < MOST_ASKED || asked.has(clientId)) asked.set(clientId, event === 'accepted')
    } else asked.delete(clientId)
  }
  return {
    /** Whether the connections that are known now were accepted; undefined where nothing tells, or some were. */
    isAccepted(): boolean | undefined {
      const [first, ...others] = asked.values()
      return others.includes(first !== true) ? undefined : first
    },
    /** False where it has no format of a log. */
    read(text: string, number: number, clock: Clock, pieces: Pieces): boolean {
      const record = logs.read(text.replace(POSTED, ''))
      if (record === undefined) return false
      count++
      if (record.kind === 'app') follow(record)
      if (record.kind === 'access' && !TLS_BYTES.test(text)) garbled = undefined
      else if (record.kind === 'access' && garbled && garbled.length < MOST_GARBLED) garbled.push(text)
      const spoken = wordsIn(record, text)
      if (spoken) words.take(spoken, { text, atMs: clock.timeOf(text) })
      const says = spoken ? whatItSays(spoken) : 'log lines'
      pieces.add({ kind: kindOfRecord(record), program: record.format, lines: [number, number], says })
      return true
    },
    /** What the connections tell. */
    evidence: (): Evidence => (count > 0 ? evidenceFromLogs(logs.summary()) : {}),
    /** What no connection tells, as lines of a server. */
    rest: (): Evidence =>
      garbled?.[0] === undefined ? {} : { server: garbled.map((text) => ({ type: 'log', text })) },
  }
}

/**
 * What the phrasebook has of a line of a log beside what its format tells: a module of a proxy whose sign is not known,
 * the error that a request’s own record names, a tunnel that a forward proxy refused.
 */
function wordsIn(record: LogRecord, line: string): Sentence | undefined {
  if (record.kind === 'notice' && record.sign === 'tls-failed') return ofTls(record.text)
  if (record.kind === 'notice' && record.sign === 'other') return phraseIn(record.text, 'proxy')
  if (record.kind !== 'access') return undefined
  if (record.method === 'CONNECT') return phraseIn(line, 'client')
  return record.error === undefined ? undefined : phraseIn(line, 'proxy')
}

/** The library’s own words, which a proxy repeats of a client. */
function ofTls(text: string): Sentence | undefined {
  const read = readSentence(text, { side: 'proxy' })
  return read?.phrase !== undefined && read.said.means === 'tls-version'
    ? { ...read, side: 'proxy' }
    : undefined
}

function phraseIn(text: string, side: 'proxy' | 'client'): Sentence | undefined {
  const read = readSentence(text, { side })
  if (read?.phrase === undefined) return undefined
  // A platform's proxy also says what it does with the server.
  return sideOf(read) === side || read.phrase.side === 'server' ? read : undefined
}

function kindOfRecord({ kind }: LogRecord): 'access-log' | 'error-log' | 'server-log' {
  return kind === 'access' ? 'access-log' : kind === 'notice' ? 'error-log' : 'server-log'
}
