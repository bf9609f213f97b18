/** Every reader of foreign text, and what is written of it, each with the shapes that concern it. */

import { understandTarget } from '#lib/applications/target.ts'
import { lint } from '#lib/configs/nginx/lint.ts'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import { compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { evidenceFromConsole } from '#lib/intake/from-console.ts'
import { isHar, readHar as readArchive } from '#lib/intake/har.ts'
import { readLabAddress } from '#lib/lab/address.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import { createLogScanner } from '#lib/logs/scanner.ts'
import { quote, unquote } from '#lib/protocol/log-value.ts'
import { excerpt, sentenceOf, visible, visibleLines } from '#lib/text/foreign.ts'
import { textOfHtml } from '#lib/text/html.ts'
import { prettyJson } from '#lib/text/json-check.ts'
import { go, js, python } from '#lib/text/languages.ts'
import { codeBlock, codeSpan, inMarkdown } from '#lib/text/markdown.ts'
import { shell } from '#lib/text/shell.ts'
import { readSentence } from '#lib/words/phrasebook.ts'
import { configurationIn } from '#server/cli/lint/cut.ts'
import { parsePageQuery, parseStreamQuery } from '#server/journal/query.ts'
import { createResponseReader } from '#server/probe/handshake/response-reader.ts'
import { createFrameReader } from '#server/probe/hold/frame-reader.ts'
import { maskUrl } from '#server/wire/handshake-fields.ts'
import { parseJson } from '#server/wire/parse-json.ts'
import * as shapes from '#tests/hostile-more/shapes.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

export interface TextReader {
  readonly read: (text: string) => unknown
  readonly shapes: Readonly<Record<string, shapes.Shape>>
  /** In characters: below it there are fewer of something than are looked at. */
  readonly shortest?: number
  /** In characters: what is read of one text, or an eighth of what anybody brings. */
  readonly longest: number
}

const KIB = 1024
const LONGEST = 512 * KIB
const { texts, lines, logs, configurations, answers, streams, queries } = shapes

const judge = (evidence: unknown): Report => {
  const report = diagnose(maskEvidence(parseEvidence(evidence)))
  if (report.failed_checks.length > 0) throw new Error(JSON.stringify(report.failed_checks))
  return report
}

const inChunks = (text: string, size: number, push: (chunk: Buffer) => unknown): void => {
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size))
}

const answer = (before: string, chunkBytes: number) => (text: string) => {
  const response = createResponseReader()
  inChunks(`HTTP/1.1 403 no\r\n${before}${text}`, chunkBytes, (chunk) => response.push(chunk))
  return [response.state(), response.body()]
}

export const intakeReaders: Readonly<Record<string, TextReader>> = {
  'what is brought': {
    read: (text) => readAndJudge({ text }),
    shapes: { ...texts, ...lines, ...logs, ...configurations },
    longest: LONGEST,
  },
  masks: { read: maskText, shapes: { ...texts, ...lines }, longest: LONGEST },
  console: { read: evidenceFromConsole, shapes: { ...texts, ...lines }, longest: LONGEST },
  sentences: { read: (text) => readSentence(text), shapes: { ...texts, ...lines }, longest: LONGEST },
  logs: {
    read: (text) => {
      const scanner = createLogScanner({ year: 2026 })
      const file = scanner.open('text')
      file.push(new TextEncoder().encode(text))
      file.end()
      return judgeLogs(scanner.summary())
    },
    shapes: { ...texts, ...lines, ...logs },
    longest: LONGEST,
  },
  JSON: {
    read: (text) => [parseJson(text), prettyJson(text)],
    shapes: { ...texts, ...streams },
    // An eighth of what one message may have.
    longest: 128 * KIB,
  },
  'an address': { read: (text) => understandTarget(text, text), shapes: texts, longest: LONGEST },
  'a query': {
    read: (text) => {
      const query = new URLSearchParams(text)
      return [
        [parseStreamQuery(query), parsePageQuery(query), maskUrl(`/ws?${text}`, new Set(['trace']))],
        readLabAddress(`/lab/${text}`, query, ['/ws'], () => ['trace']),
      ]
    },
    shapes: { ...texts, ...queries },
    longest: 16 * KIB,
  },
}

export const configurationReaders: Readonly<Record<string, TextReader>> = {
  'formats of logs': { read: parsersOfConfig, shapes: { ...texts, ...configurations }, longest: LONGEST },
  'nginx, as a file': {
    read: (text) => {
      const file = `events {}\nhttp {\n${text}\n}`
      return lint('nginx.conf', filesReader({ 'nginx.conf': file }), { path: '/ws' })
    },
    shapes: { ...texts, ...configurations },
    // A file is read up to 1 MiB.
    longest: 128 * KIB,
  },
  'nginx, whatever path': {
    read: (text) => lint('nginx.conf', filesReader({ 'nginx.conf': text })),
    shapes: { ...texts, ...configurations },
    // Up to 200 paths are asked for, of each location.
    shortest: 32 * KIB,
    longest: 128 * KIB,
  },
  'nginx, for one path': {
    read: (text) => settingsOfPath(text, { path: '/ws' }),
    shapes: { ...texts, ...configurations },
    longest: LONGEST,
  },
  'a configuration among prose': {
    read: configurationIn,
    shapes: { ...texts, ...lines, ...configurations },
    longest: 128 * KIB,
  },
  ...Object.fromEntries(
    ['apache', 'haproxy', 'caddy', 'traefik', 'envoy', 'kubernetes', 'nobody knows'].map((kind) => [
      `the proxy of a document: ${kind}`,
      {
        read: (text: string) =>
          judge({ target: { url: 'wss://a.example/ws' }, proxy: { kind, config: text, error_log: [text] } }),
        shapes: { ...texts, ...configurations },
        longest: LONGEST,
      },
    ]),
  ),
}

export const wireReaders: Readonly<Record<string, TextReader>> = {
  'an answer': { read: answer('', 1400), shapes: { ...texts, ...answers }, longest: 64 * KIB },
  'an answer, a byte at a time': {
    read: answer('', 1),
    shapes: { ...texts, ...answers },
    longest: 64 * KIB,
  },
  'a chunked body': {
    read: answer('Transfer-Encoding: chunked\r\n\r\n', 100),
    shapes: { ...texts, ...answers },
    longest: 64 * KIB,
  },
  frames: {
    read: (text) => {
      const frames = createFrameReader({ ms: () => 0, extensionBits: 0, onFrame: () => {} })
      inChunks(text, 1400, (chunk) => frames.push(chunk))
      return [frames.frames(), frames.violation()]
    },
    shapes: { ...texts, ...streams },
    longest: LONGEST,
  },
  'what is written of foreign text': {
    read: (text) => [
      [visible(text), visibleLines(text), excerpt(text), quote(text), unquote(`"${text}"`), textOfHtml(text)],
      [inMarkdown(sentenceOf(text, Infinity)), codeSpan(text), codeBlock(text)],
      [
        shell`x ${shell.word(text)}`,
        js`${js.string(text)}`,
        python`${python.string(text)}`,
        go`${go.string(text)}`,
      ],
    ],
    shapes: { ...texts, ...lines },
    longest: LONGEST,
  },
}

/** Each takes a document and gives the work that is measured. */
export const documentReaders: Readonly<Record<string, (document: unknown) => () => unknown>> = {
  'a report, printed': (document) => () => {
    const report = judge(document)
    return [describeReport(report, { colour: false }), reportToMarkdown(report)]
  },
  'reports, compared': (document) => {
    const judged = { evidence: maskEvidence(parseEvidence(document)), report: judge(document) }
    return () => compareReports(judged, judged)
  },
  'documents that are brought together': (document) => {
    const text = JSON.stringify(document)
    return () =>
      readAndJudge({
        files: [
          { file: 'a', text },
          { file: 'b', text },
        ],
      })
  },
}

export const readHar = (archive: unknown) => () => isHar(archive) && readArchive(archive)
