/**
 * Anything that a person brings → one evidence document and what was made of each part. Any mixture of text and files
 * is cut into pieces; each piece goes to its reader; what nobody understood is said.
 *
 * Time grows with the length of the text alone. Nothing is thrown: text that cannot be read is unread.
 */

import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { addressIn, SAYS_OF_ADDRESS } from '#lib/intake/addresses.ts'
import { SAYS_OF_ASIDES, SAYS_OF_CODE } from '#lib/intake/asides.ts'
import { complaintsIn } from '#lib/intake/complaints.ts'
import { configurationsIn } from '#lib/intake/configurations/find.ts'
import { curlCommandAt } from '#lib/intake/curl-command.ts'
import { documentOf } from '#lib/intake/document.ts'
import { createExchanges } from '#lib/intake/exchanges.ts'
import { createWords } from '#lib/intake/from-words.ts'
import { httpTextAt } from '#lib/intake/http-text.ts'
import { jsonRecordsIn } from '#lib/intake/json-records.ts'
import { createLineReader, createLineReading } from '#lib/intake/line.ts'
import { Lines } from '#lib/intake/lines.ts'
import { createLogLines } from '#lib/intake/log-lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'
import { createPieces, type Pieces, type SourceReading } from '#lib/intake/pieces.ts'
import { printedHeadersIn } from '#lib/intake/printed-headers.ts'
import { createSettings } from '#lib/intake/settings.ts'
import { commentIn, sourceCodeIn } from '#lib/intake/source-code.ts'
import { createStackWords } from '#lib/intake/stack-words.ts'
import { createTcpdump } from '#lib/intake/tcpdump.ts'
import { createVarnishlog } from '#lib/intake/varnishlog.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'

/** One thing that was brought: a file, or a paste. */
export type Source = {
  file: string
  text: string
  /** Bytes of it that whoever opened it has left out already. */
  left_out?: number
}

export type Brought = { evidence: Evidence; read: SourceReading[] }

/** Longest text that is read; the rest is said to be left out. */
export const LONGEST_TEXT = 20 * 1024 * 1024

export function readBrought(sources: readonly Source[]): Brought {
  const reader = createReader(sources)
  const read = sources.map((source) => reader.read(source))
  const evidence = reader.evidence(read.every(isHandshakeAlone))
  const complaints = complaintsIn(read, reader.introductions)
  const isBare = complaints.length === 0 || Object.keys(evidence).length === 0
  return { evidence: isBare ? evidence : { ...evidence, unread: complaints }, read }
}

/** Besides the HTTP text of a handshake there is nothing that could tell how its connection went on. */
const isHandshakeAlone = ({ pieces, unread }: SourceReading): boolean =>
  unread.length === 0 &&
  pieces.every(
    ({ kind, says }) => kind === 'http' || kind === 'url' || (kind === 'noise' && !SAYS_OF_ASIDES.has(says)),
  )

function createReader(sources: readonly Source[]) {
  let documents: Evidence = {}
  const words = createWords()
  const settings = createSettings()
  const logs = createLogLines(
    words,
    sources.flatMap(({ text }) => parsersOfConfig(text.slice(0, LONGEST_TEXT))),
  )
  const stack = createStackWords()
  const told = createLineReading({ words, logs, settings, stack })
  const exchanges = createExchanges()
  const varnishlog = createVarnishlog()
  const tcpdump = createTcpdump()

  function readCode(
    lines: Lines,
    [from, end]: readonly [number, number],
    pieces: Pieces,
    single: ReturnType<typeof createLineReader>,
  ): void {
    for (let at = from; at < end; at++) {
      const text = lines.at(at)
      stack.code(text)
      if (text.trim() === '' || settings.line(text, at + 1, pieces)) continue
      const comment = commentIn(text)
      if (comment !== undefined && single.comment(comment, at + 1)) continue
      const address = addressIn(text)
      told.foundUrl(address)
      pieces.add({
        kind: address === undefined ? 'noise' : 'url',
        lines: [at + 1, at + 1],
        says: address === undefined ? SAYS_OF_CODE : SAYS_OF_ADDRESS,
      })
    }
  }

  /** A request or an answer that begins at a line. @returns the line behind it, undefined where none begins */
  function readHttp(
    lines: Lines,
    at: number,
    printedAt: ReturnType<typeof printedHeadersIn>,
    pieces: Pieces,
  ): { end: number; isMessage: boolean; status?: number | undefined } | undefined {
    const message = httpTextAt(lines, at)
    if (message !== undefined && message.end > at) {
      const { end, program, response } = message
      exchanges.take(message, at + 1, lines.at(at - 1))
      const says = response ? `an answer with HTTP ${response.status}` : 'a request'
      pieces.add({ kind: 'http', program, lines: [at + 1, end], says })
      return { end, isMessage: true, status: response?.status }
    }
    const printed = printedAt(at)
    if (printed === undefined) return undefined
    const { end, headers } = printed
    const request = { method: 'GET', target: '', version: '', headers }
    exchanges.take({ end, program: 'http', request }, at + 1, lines.at(at - 1))
    pieces.add({ kind: 'http', program: 'http', lines: [at + 1, end], says: 'the headers of a request' })
    return { end, isMessage: false }
  }

  /** Records of programs that write down what went over the wire. */
  function readRecord(line: string, number: number, pieces: Pieces): boolean {
    const lines: [number, number] = [number, number]
    if (varnishlog.read(line))
      pieces.add({ kind: 'noise', program: 'varnish', lines, says: 'records of varnishlog' })
    else if (tcpdump.read(line)) pieces.add({ kind: 'transcript', lines, says: 'packets of tcpdump' })
    else return false
    return true
  }

  /** What takes several lines comes before what a single one tells. */
  function readLines(lines: Lines, pieces: Pieces): void {
    const codeFrom = sourceCodeIn(lines)
    const configurationFrom = configurationsIn(lines)
    const recordsFrom = jsonRecordsIn(lines)
    const printedAt = printedHeadersIn(lines)
    const single = createLineReader(told, pieces)
    for (let at = 0; at < lines.length; at++) {
      const line = lines.at(at)
      const number = at + 1
      if (line.trim() === '') {
        single.emptyLine()
        continue
      }
      const code = codeFrom(at)
      if (code !== undefined) {
        readCode(lines, [at, code], pieces, single)
        at = code - 1
        continue
      }
      if (readRecord(line, number, pieces)) continue
      const config = configurationFrom(at)
      if (config !== undefined) {
        const { program, end } = config
        settings.configuration(program, lines.join(at, end), [number, end], pieces)
        at = end - 1
        continue
      }
      const block = recordsFrom(at)
      if (block !== undefined) {
        for (const { text, line } of block.records) single.read({ number: line + 1, text, below: '' })
        at = block.end - 1
        continue
      }
      const command = curlCommandAt(lines, at)
      if (command !== undefined) {
        exchanges.command(command.asked)
        pieces.add({ kind: 'noise', lines: [number, command.end], says: 'a command' })
        at = command.end - 1
        continue
      }
      const http = readHttp(lines, at, printedAt, pieces)
      if (http !== undefined) {
        if (http.isMessage) single.wasHttp(http.status === 101)
        at = http.end - 1
        continue
      }
      // Some loggers leave a line free above the exception.
      const next = lines.at(at + 1)
      single.read({ number, text: line, below: next.trim() === '' ? lines.at(at + 2) : next })
    }
    words.endSource()
  }

  return {
    introductions: told.introductions,
    read({ file, text, left_out = 0 }: Source): SourceReading {
      const pieces = createPieces(file)
      const whole = documentOf(text)
      if (whole !== undefined) {
        documents = mergeEvidence(documents, whole.evidence)
        for (const says of whole.says) pieces.add({ kind: whole.kind, lines: [1, lineCountOf(text)], says })
        return pieces.read()
      }
      const kept = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text
      const lines = withoutMargins(Lines.of(kept))
      readLines(lines, pieces)
      const left = text.length - kept.length + left_out
      if (left > 0) {
        const says = `${sizeOf(left)} after this line were not read: the limit is 20 MiB`
        pieces.add({ kind: 'noise', lines: [lines.length, lines.length], says })
      }
      return pieces.read()
    },

    evidence(isHandshakeAlone: boolean): Evidence {
      const found = [
        documents,
        logs.evidence(),
        exchanges.evidence(isHandshakeAlone),
        varnishlog.evidence() ?? {},
        tcpdump.evidence() ?? {},
        words.evidence(),
        logs.rest(),
        settings.evidence(),
        told.evidence(),
        stack.evidence(),
      ].reduce(withServer, {})
      return Object.keys(found).length === 0 ? found : mergeEvidence(settings.page(), found)
    },
  }
}

/** The server's lines add to its events, which `mergeEvidence` replaces as a whole. */
function withServer(base: Evidence, added: Evidence): Evidence {
  const merged = mergeEvidence(base, added)
  if (base.server === undefined || added.server === undefined) return merged
  return { ...merged, server: [...base.server, ...added.server] }
}

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`

function lineCountOf(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
