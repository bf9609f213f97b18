/**
 * Anything that a person brings → one evidence document and what was made of each part. Any mixture of text and files
 * is cut into pieces; each piece goes to its reader; what nobody understood is said.
 *
 * Time grows with the length of the text alone. Nothing is thrown: text that cannot be read is unread.
 */

import { type Timer, timerIn } from '#lib/applications/timers.ts'
import { type TlsVersionSet, tlsVersionIn } from '#lib/applications/tls-versions.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import { type Evidence, EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import {
  SAYS_OF_ASIDES,
  SAYS_OF_CODE,
  SAYS_OF_INTRODUCTION,
  SAYS_OF_PLAIN,
  saysOfAside,
} from '#lib/intake/asides.ts'
import { type Comparison, comparisonIn, saysOfComparison } from '#lib/intake/comparison.ts'
import { configurationsIn, nameOfProgram } from '#lib/intake/configurations.ts'
import { curlCommandAt } from '#lib/intake/curl-command.ts'
import { createExchanges } from '#lib/intake/exchanges.ts'
import { createFollowing, type Following } from '#lib/intake/following.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { createWords, sideOf } from '#lib/intake/from-words.ts'
import { isHar, looksLikeHar, readHar } from '#lib/intake/har.ts'
import { httpTextAt } from '#lib/intake/http-text.ts'
import { Lines } from '#lib/intake/lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'
import { createMarks, type Marks } from '#lib/intake/marks.ts'
import { createNoise } from '#lib/intake/noise.ts'
import { createPieces, type Pieces, type SourceReading } from '#lib/intake/pieces.ts'
import { printedHeadersAt } from '#lib/intake/printed-headers.ts'
import { sourceCodeIn } from '#lib/intake/source-code.ts'
import { createTcpdump } from '#lib/intake/tcpdump.ts'
import { type Clock, createClock } from '#lib/intake/times.ts'
import { saysOfLife, toldLifeIn } from '#lib/intake/told-life.ts'
import { createVarnishlog } from '#lib/intake/varnishlog.ts'
import { openEnvelope } from '#lib/logs/envelope.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import type { LogRecord } from '#lib/logs/record.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { exportedIn } from '#lib/text/report-block.ts'
import { isOfClientAlone } from '#lib/words/circumstances.ts'
import { isMessageLine } from '#lib/words/life-words.ts'
import type { Meaning } from '#lib/words/meaning.ts'
import { readSentence, type Sentence } from '#lib/words/phrasebook.ts'
import { SAYS_OF_STORE, saysOf } from '#lib/words/says.ts'

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
/** The same of a JSON document, which is parsed at once: HAR files with bodies are large. */
export const LONGEST_DOCUMENT = 64 * 1024 * 1024
/** Of the configurations together, in characters: a large one of nginx has one or two million. */
const LONGEST_CONFIGURATION = 4 * 1024 * 1024
/** More of them say no more. */
const MOST_COMPARISONS = 100
const MOST_TIMERS = 100
const MOST_TLS_VERSIONS = 20
const SOME_YEAR = 2024

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

const MOST_COMPLAINTS = 20
const LONGEST_COMPLAINT = 300

/** Lines that nobody understood, or that announce what follows, and that speak of a failure: beside them nothing is healthy. */
function complaintsIn(read: readonly SourceReading[], introductions: readonly string[]): string[] {
  return [...read.flatMap(({ unread }) => unread.map(({ text }) => text)), ...introductions]
    .map((text) => text.slice(0, LONGEST_COMPLAINT))
    .filter((text) => COMPLAINT.test(text))
    .slice(0, MOST_COMPLAINTS)
}

const COMPLAINT =
  /\b(?:error|err|fatal|critical|crit|severe|panic|exception|traceback|fail(?:ed|ure|s|ing)?|unable|refused|rejected|denied|timed out|timeout)\b/i

/** A line of its own, the member of a socket that was printed (`url: 'wss://app.example/ws',`), or a client’s command. */
const ADDRESS =
  /^\s{0,40}(?:GET |["']?_?ur[li]["']?[:=] ?["']?|(?:[$#>] )?(?:wscat (?:-\w )?(?:-c|--connect)|websocat(?: -\w{1,3}){0,3}) ["']?)?(wss?:\/\/[^\s'"]{1,2048})(?:["'],?)?(?:\s{1,20}(?:status:?\s{0,4})?(?:101|HTTP\/1\.1 101)(?: Switching Protocols)?)?\s{0,20}$/i

/** Where a program opens its connection: `new WebSocket("wss://app.example/ws")`, `websockets.connect('ws://…')`. */
const IN_CODE =
  /^(?![^\n]{0,200}\b(?:[Ee]rror|[Ff]ailed|[Ee]xception)\b)[^\n'"`]{0,200}?\b(?:WebSocket(?:App|Client|Subject|Manager)?|ReconnectingWebSocket|ClientWebSocket|ConnectAsync|create_connection|connect(?:_async|Async)?|Dial(?:Context)?|websocket|webSocket|ws_connect|io|URI|Uri)(?:\.create|\.parse)?\((?:[\w.]{1,40}, ){0,2}(?:new (?:URL|Uri|URI)\()?['"`](wss?:\/\/[^\s'"`]{1,2048})['"`]/

/** After a 101 curl waits until `--max-time`. */
const OWN_LIMIT = /^curl: \(28\) /
const OF_CURL = /^curl: \(\d{1,3}\) /

const SAYS_OF_ADDRESS = 'the address of a WebSocket'

/** What the lines before a line tell of it. */
type Context = {
  clock: Clock
  marks: Marks
  noiseOf: ReturnType<typeof createNoise>
  following: Following
  /** The last HTTP text was a 101. */
  isUpgraded: boolean
  /** Where a program connects to, as it said last: its error below does not repeat it. */
  target?: string | undefined
}

/** `connecting to: localhost:5900` of websockify, and its like. */
const CONNECTS_TO =
  /\b(?:connecting|dialing|proxying|forwarding) to:? (?:\w{2,5}:\/\/)?([\w.-]{1,253}:\d{1,5})(?!\d)/i
const ADDRESS_IN = /[\w.\]-]:\d{2,5}\b(?!:)/
const REFUSED: ReadonlySet<Meaning> = new Set([
  'refused',
  'backend-refused',
  'backend-unresolved',
  'backend-timeout',
])

function createReader(sources: readonly Source[]) {
  let documents: Evidence = {}
  const logs = createLogReader({
    isAsked: true,
    custom: sources.flatMap(({ text }) => parsersOfConfig(text.slice(0, LONGEST_TEXT))),
  })
  let logLines = 0
  /** Access lines of what began as TLS does, while there are no others. */
  let garbled: string[] | undefined = []
  const configuration = { program: '', texts: new Set<string>(), length: 0 }
  const words = createWords()
  const comparisons: Comparison[] = []
  const timers: Timer[] = []
  const tlsVersions: TlsVersionSet[] = []
  const introductions: string[] = []
  const exchanges = createExchanges()
  const varnishlog = createVarnishlog()
  const tcpdump = createTcpdump()
  let url: string | undefined

  /** Of the first program that has any; false where it is too much. */
  function addConfiguration(program: string, text: string): boolean {
    if (configuration.program === '') configuration.program = program
    if (configuration.program !== program || configuration.texts.has(text)) return true
    const isKept = configuration.length + text.length <= LONGEST_CONFIGURATION
    if (isKept) {
      configuration.texts.add(text)
      configuration.length += text.length + 1
    }
    return isKept
  }

  /** What a line of source code sets; false where it sets nothing that is read. */
  function readSetting(text: string, number: number, pieces: Pieces): boolean {
    const lines: [number, number] = [number, number]
    const timer = timerIn(text)
    if (timer !== undefined) {
      if (timers.length < MOST_TIMERS) timers.push(timer)
      const says = `${timer.name} is ${timer.ms / 1000} s`
      pieces.add({ kind: 'configuration', program: timer.program, lines, says })
    }
    const pinned = tlsVersionIn(text)
    if (pinned !== undefined) {
      if (tlsVersions.length < MOST_TLS_VERSIONS) tlsVersions.push(pinned)
      pieces.add({ kind: 'configuration', lines, says: `a version of TLS: ${pinned.name}` })
    }
    return timer !== undefined || pinned !== undefined
  }

  function readCode(lines: Lines, from: number, end: number, pieces: Pieces): void {
    for (let at = from; at < end; at++) {
      const text = lines.at(at)
      if (text.trim() === '' || readSetting(text, at + 1, pieces)) continue
      const address = (ADDRESS.exec(text) ?? IN_CODE.exec(text))?.[1]
      url ??= address
      pieces.add({
        kind: address === undefined ? 'noise' : 'url',
        lines: [at + 1, at + 1],
        says: address === undefined ? SAYS_OF_CODE : SAYS_OF_ADDRESS,
      })
    }
  }

  function readLines(lines: Lines, pieces: Pieces): void {
    const codeFrom = sourceCodeIn(lines)
    const configurationFrom = configurationsIn(lines)
    const context: Context = {
      clock: createClock(),
      marks: createMarks(words),
      noiseOf: createNoise(),
      following: createFollowing(),
      isUpgraded: false,
    }
    for (let at = 0; at < lines.length; at++) {
      const line = lines.at(at)
      const number = at + 1
      if (line.trim() === '') {
        context.following.end()
        continue
      }
      const code = codeFrom(at)
      if (code !== undefined) {
        readCode(lines, at, code, pieces)
        at = code - 1
        continue
      }
      if (varnishlog.read(line)) {
        pieces.add({
          kind: 'noise',
          program: 'varnish',
          lines: [number, number],
          says: 'records of varnishlog',
        })
        continue
      }
      if (tcpdump.read(line)) {
        pieces.add({ kind: 'transcript', lines: [number, number], says: 'packets of tcpdump' })
        continue
      }
      const config = configurationFrom(at)
      if (config !== undefined) {
        const isKept = addConfiguration(config.program, lines.join(at, config.end))
        pieces.add({
          kind: 'configuration',
          program: config.program,
          lines: [number, config.end],
          says: isKept
            ? `${nameOfProgram(config.program)} configuration`
            : 'more of configurations than is judged: the limit is 4 MiB',
        })
        at = config.end - 1
        continue
      }
      const command = curlCommandAt(lines, at)
      if (command !== undefined) {
        exchanges.command(command.asked)
        pieces.add({ kind: 'noise', lines: [number, command.end], says: 'a command' })
        at = command.end - 1
        continue
      }
      const exchange = httpTextAt(lines, at)
      if (exchange !== undefined && exchange.end > at) {
        exchanges.take(exchange, number, lines.at(at - 1))
        context.isUpgraded = exchange.response?.status === 101
        pieces.add({
          kind: 'http',
          program: exchange.program,
          lines: [number, exchange.end],
          says: exchange.response ? `an answer with HTTP ${exchange.response.status}` : 'a request',
        })
        at = exchange.end - 1
        continue
      }
      const printed = printedHeadersAt(lines, at)
      if (printed !== undefined) {
        const request = { method: 'GET', target: '', version: '', headers: printed.headers }
        exchanges.take({ end: printed.end, program: 'http', request }, number, lines.at(at - 1))
        pieces.add({
          kind: 'http',
          program: 'http',
          lines: [number, printed.end],
          says: 'the headers of a request',
        })
        at = printed.end - 1
        continue
      }
      readLine({ number, text: line, below: lines.at(at + 1) }, context, pieces)
    }
    words.endSource()
  }

  function readLine(
    { number, text, below }: { number: number; text: string; below: string },
    context: Context,
    pieces: Pieces,
  ): void {
    const { clock, marks, noiseOf, following, isUpgraded } = context
    const lines: [number, number] = [number, number]
    if (marks.read(text)) {
      pieces.add({ kind: 'noise', lines, says: 'a time' })
      return
    }
    const record = logs.read(text.replace(POSTED, ''))
    if (record !== undefined) {
      logLines++
      if (record.kind === 'access' && !TLS_BYTES.test(text)) garbled = undefined
      else if (record.kind === 'access' && garbled && garbled.length < MOST_GARBLED) garbled.push(text)
      const spoken = wordsIn(record, text)
      if (spoken) words.take(spoken, { text, atMs: clock.timeOf(text) })
      const says = spoken ? whatItSays(spoken) : 'log lines'
      pieces.add({ kind: kindOfRecord(record), program: record.format, lines, says })
      following.passed(true, true)
      return
    }
    const { text: inner } = openEnvelope(text, SOME_YEAR)
    let line = { text: inner, atMs: clock.timeOf(text) ?? marks.above() }
    const address = (ADDRESS.exec(inner) ?? IN_CODE.exec(inner))?.[1]
    if (address !== undefined) {
      url ??= address
      pieces.add({ kind: 'url', lines, says: SAYS_OF_ADDRESS })
      return
    }
    if (isUpgraded && OWN_LIMIT.test(inner)) {
      pieces.add({ kind: 'noise', lines, says: 'curl’s own limit: it was open until then' })
      return
    }
    const noise = noiseOf(inner)
    if (noise?.wasOpen) words.wasOpen()
    let sentence = noise?.isSure ? undefined : readSentence(inner)
    if (sentence === undefined && isErrorAbove(inner, below)) {
      line = { ...line, text: `${inner} ${below.trim()}` }
      sentence = readSentence(line.text)
    }
    const target = CONNECTS_TO.exec(inner)?.[1]
    if (target !== undefined) context.target = target
    else if (sentence !== undefined) {
      if (context.target !== undefined && REFUSED.has(sentence.said.means) && !ADDRESS_IN.test(inner))
        line = { ...line, text: `${inner} (connecting to ${context.target})` }
      context.target = undefined
    }
    const link = sentence === undefined ? CHAIN.exec(inner)?.[0] : undefined
    if (link !== undefined) {
      const cause = inner.slice(link.length)
      sentence = readSentence(cause)
      if (sentence !== undefined) line = { ...line, text: cause }
    }
    const isOwn = sentence !== undefined && (sentence.program !== undefined || isOfClientAlone(sentence.said))
    const comparison = isOwn ? undefined : comparisonIn(inner)
    if (comparison !== undefined) {
      if (comparisons.length < MOST_COMPARISONS) comparisons.push(comparison)
      pieces.add({ kind: 'comparison', lines, says: saysOfComparison(comparison) })
      return
    }
    const life = isOwn ? undefined : toldLifeIn(inner)
    if (life !== undefined) {
      words.lived(life)
      pieces.add({ kind: 'comparison', lines, says: saysOfLife(life) })
      return
    }
    marks.passed(text, noise === undefined)
    following.passed(clock.isStamped(), sentence !== undefined || noise !== undefined)
    if (sentence === undefined && readSetting(inner, number, pieces)) return
    if (sentence === undefined) {
      const aside = saysOfAside(inner, clock.isStamped())
      if (words.isOpen() && isMessageLine(inner)) {
        words.moved(line)
        pieces.add({ kind: 'transcript', lines, says: 'messages of a connection' })
      } else if (noise !== undefined) pieces.add({ kind: 'noise', lines, says: noise.says })
      else if (aside !== undefined) {
        if (aside === SAYS_OF_INTRODUCTION && introductions.length < MOST_COMPLAINTS)
          introductions.push(inner)
        pieces.add({ kind: 'noise', lines, says: aside })
        if (aside === SAYS_OF_PLAIN) pieces.wasBeside(number, inner)
      } else if (following.isRest(text) && !COMPLAINT.test(inner))
        pieces.add({ kind: 'noise', lines, says: 'the rest of the message above' })
      else pieces.miss(number, inner)
      return
    }
    words.take(sentence, line)
    if (isUpgraded && OF_CURL.test(inner)) words.wasOpen()
    marks.wasSentence()
    pieces.add({
      kind: kindOfSentence(sentence),
      ...(sentence.program && { program: sentence.program.id }),
      lines,
      says: whatItSays(sentence),
    })
  }

  return {
    introductions,
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
      const parts: Evidence[] = [documents]
      if (logLines > 0) parts.push(evidenceFromLogs(logs.summary()))
      const { program, texts } = configuration
      if (texts.size > 0) parts.push({ proxy: { kind: program, config: [...texts].join('\n') } })
      parts.push(exchanges.evidence(isHandshakeAlone))
      const records = varnishlog.evidence()
      if (records !== undefined) parts.push(records)
      parts.push(tcpdump.evidence() ?? {}, words.evidence())
      if (garbled?.[0] !== undefined) parts.push({ server: garbled.map((text) => ({ type: 'log', text })) })
      if (timers.length + tlsVersions.length > 0)
        parts.push({
          application: {
            ...(timers.length > 0 && { timers }),
            ...(tlsVersions.length > 0 && { tls_versions: tlsVersions }),
          },
        })
      if (comparisons.length > 0) parts.push({ elsewhere: comparisons })
      if (url !== undefined) parts.push({ target: { url } })
      return parts.reduce(withServer, {})
    },
  }
}

/** In place of a request, where a client speaks TLS. Scanners leave such lines among those of every public port. */
const TLS_BYTES = /"\\x16\\x03\\x0[0-4]/
const MOST_GARBLED = 20

/** What a post puts before a line of a log: an indent, a quotation, a bullet, a backtick. */
const POSTED = /^(?:\s|> ?|[-*•] |`){1,12}(?=[\d[{<A-Z])/

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
  return read?.phrase !== undefined && sideOf(read) === side ? read : undefined
}

/** What stands before each error of a chain: an indent, a count (anyhow, eyre), a branch (miette), “Caused by:”. */
const CHAIN =
  /^(?:\s{0,40}(?:[├└╰│]\S{0,3} {1,2}|(?:caused by|source|reason|inner exception|root cause|details?): ?(?=\S))|\s{1,40})(?:\d{1,2}: )?(?=\S)/i

const FRAME = /^\s{1,20}at \S.{0,400}:\d{1,7}:\d{1,7}\)?/

/** `Error: timeout` alone is anybody's: the first frame of its trace may show the program. */
const isErrorAbove = (line: string, below: string): boolean =>
  line.length < 400 && /\b(?:Error|Exception)\b/.test(line) && FRAME.test(below)

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

type Document = { kind: 'evidence' | 'har'; evidence: Evidence; says: readonly string[] }

/** JSON as a whole: an evidence document, bare or within a report (its exported page, too) or a recorded case, or a HAR. */
function documentOf(text: string): Document | undefined {
  const json = exportedIn(text)
  if (json === undefined || text.length > LONGEST_DOCUMENT) return undefined
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch {
    const says = 'a HAR file that is cut off or not valid JSON: export it again'
    return looksLikeHar(text) ? { kind: 'har', evidence: {}, says: [says] } : undefined
  }
  if (isHar(value)) return { kind: 'har', ...readHar(value) }
  const wrapped = typeof value === 'object' && value !== null && 'evidence' in value ? value : undefined
  const inner = wrapped === undefined ? value : wrapped.evidence
  const says = wrapped && 'report' in wrapped ? 'a report of Why1006' : 'an evidence document'
  try {
    // Masked at once, which cuts off what is nested too deep for anything that walks through it.
    return { kind: 'evidence', evidence: maskEvidence(parseEvidence(inner)), says: [says] }
  } catch (error) {
    if (error instanceof EvidenceError) return undefined
    throw error
  }
}

function kindOfRecord({ kind }: LogRecord): 'access-log' | 'error-log' | 'server-log' {
  return kind === 'access' ? 'access-log' : kind === 'notice' ? 'error-log' : 'server-log'
}

const KINDS = { browser: 'console', client: 'client', server: 'server-log', proxy: 'error-log' } as const

const kindOfSentence = (sentence: Sentence): (typeof KINDS)[keyof typeof KINDS] =>
  KINDS[sideOf(sentence) ?? 'client']

/** With the status or the close code of this very line, which the phrase can only speak of in general. */
function whatItSays({ phrase, said: { means, status, close, isOfStore } }: Sentence): string {
  if (isOfStore) return SAYS_OF_STORE
  const fact =
    status !== undefined ? `HTTP ${status}` : close !== undefined ? `close code ${close.code}` : undefined
  if (phrase === undefined) return fact ?? saysOf(means) ?? 'a sentence about the connection'
  return fact === undefined ? phrase.explains : `${fact}. ${phrase.explains}`
}
