import { test } from 'node:test'
import fc from 'fast-check'
import { reportsQuery } from '#lib/api/reports.ts'
import { understandTarget } from '#lib/applications/target.ts'
import { lint } from '#lib/configs/nginx/lint.ts'
import { settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { describeReading } from '#lib/diagnosis/reading-text.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import { EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import { readBrought } from '#lib/intake/read.ts'
import { readLabAddress } from '#lib/lab/address.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { parsePageQuery, parseStreamQuery } from '#server/journal/query.ts'
import { createResponseReader } from '#server/probe/handshake/response-reader.ts'
import { createFrameReader } from '#server/probe/hold/frame-reader.ts'
import { parseConnectionParameters } from '#server/sockets/parameters.ts'
import { parseResponseHead } from '#server/wire/http-head.ts'
import { readQuery } from '#server/wire/query.ts'
import { encodeRawFrame } from '#server/wire/raw-frame.ts'
import { guarded } from '#tests/hostile/guarded.ts'
import * as inputs from '#tests/hostile/inputs.ts'
import { amount } from '#tests/sampling.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'

/** Over all readers together. */
const INPUTS = amount(100_000, 500)

/** Everything that a report is printed as. */
const printed = (report: Report) => {
  if (report.failed_checks.length > 0) throw new Error(JSON.stringify(report.failed_checks))
  return [report, describeReport(report, { colour: false }), reportToMarkdown(report)]
}

/** @param read what it made of the input, to be looked at */
const reader =
  <T>(input: fc.Arbitrary<T>, read: (input: T) => unknown) =>
  (numRuns: number) =>
    fc.assert(
      fc.property(input, (given) => guarded(() => read(given))),
      { numRuns },
    )

const readers: Readonly<Record<string, (numRuns: number) => void>> = {
  'what is brought, read and judged': reader(inputs.brought, (text) => {
    const { report, reading, evidence } = readAndJudge({ text })
    return [printed(report), evidence, reading && describeReading(reading.read)]
  }),
  'two files that are brought together': reader(fc.tuple(inputs.brought, inputs.brought), ([one, other]) => {
    const { evidence, read } = readBrought([
      { file: '__proto__', text: one },
      { file: 'b\r\nc', text: other },
    ])
    return [diagnose(maskEvidence(evidence)), read]
  }),
  'an evidence document': reader(inputs.evidence, (value) => {
    try {
      return printed(diagnose(maskEvidence(parseEvidence(value))))
    } catch (error) {
      if (error instanceof EvidenceError) return error.problems
      throw error
    }
  }),
  'a log': reader(inputs.log, (lines) => {
    const logs = createLogReader({ year: 2026 })
    for (const line of lines) logs.read(line)
    return judgeLogs(logs.summary())
  }),
  'a configuration of nginx': reader(inputs.configuration, (text) => {
    const path = '/ws'
    lint('nginx.conf', filesReader({ 'nginx.conf': text }), { path })
    settingsOfPath(text, { path })
  }),
  'an address': reader(fc.tuple(inputs.address, inputs.address), ([typed, origin]) => {
    const query = new URLSearchParams(origin)
    return [understandTarget(typed, origin), readLabAddress(`/lab/${typed}`, query, ['/ws'], () => ['trace'])]
  }),
  'an answer to a handshake': reader(
    fc.tuple(inputs.head, fc.integer({ min: 1, max: 400 })),
    ([text, size]) => {
      const bytes = Buffer.from(text, 'latin1')
      const response = createResponseReader()
      for (let at = 0; at < bytes.length; at += size) response.push(bytes.subarray(at, at + size))
      return [parseResponseHead(text), response.state().state]
    },
  ),
  frames: reader(fc.tuple(inputs.frames, fc.integer({ min: 1, max: 100 })), ([parts, size]) => {
    const bytes = Buffer.concat(
      parts.map((part) => {
        if (!('opcode' in part)) return part
        const { mask, announcedLength, lengthBytes, ...frame } = part
        return encodeRawFrame({
          ...frame,
          ...(mask && { mask }),
          ...(announcedLength !== undefined && { announcedLength }),
          ...(lengthBytes && (announcedLength ?? 0) < 65_536 && { lengthBytes }),
        })
      }),
    )
    const frames = createFrameReader({ ms: () => 0, extensionBits: 0, onFrame: () => {} })
    for (let at = 0; at < bytes.length; at += size) frames.push(bytes.subarray(at, at + size))
    return [frames.frames(), frames.violation()]
  }),
  'a query': reader(inputs.query, (query) => [
    parseStreamQuery(query),
    parsePageQuery(query),
    readQuery(reportsQuery, query),
    parseConnectionParameters(query, { pingIntervalSeconds: 20, pingTimeoutSeconds: 10 }),
  ]),
}

const numRuns = Math.ceil(INPUTS / Object.keys(readers).length)
for (const [name, assertHolds] of Object.entries(readers)) {
  test(`${name}, generated: no crash, no hang, nothing polluted`, () => assertHolds(numRuns))
}
