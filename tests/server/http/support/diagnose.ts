/** Asks the server to diagnose, and reads its lines as they come. */
import assert from 'node:assert/strict'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import * as z from 'zod/mini'
import { type DiagnoseLine, diagnoseLine } from '#lib/api/diagnose.ts'
import { type StoredReport, storedReport } from '#lib/diagnosis/stored-report.ts'

export interface Diagnosis {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Of an answer that is no stream. */
  readonly problem: Record<string, string> | undefined
  readonly lines: readonly DiagnoseLine[]
  readonly stages: readonly Extract<DiagnoseLine, { type: 'stage' }>[]
  readonly last: DiagnoseLine | undefined
}

const HEADERS = { 'Content-Type': 'application/json' }

/** The whole answer. Each line is held to its schema. */
export async function diagnose(
  port: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Diagnosis> {
  const response = await answerTo(start(port, body, headers))
  const text = (await response.setEncoding('utf8').toArray()).join('')
  const isStream = response.headers['content-type']?.startsWith('application/x-ndjson') === true
  const lines = isStream
    ? text
        .trimEnd()
        .split('\n')
        .map((line) => z.parse(diagnoseLine, JSON.parse(line)))
    : []
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    problem: isStream ? undefined : JSON.parse(text),
    lines,
    stages: lines.filter((line) => line.type === 'stage'),
    last: lines.at(-1),
  }
}

/** The report at the end of a stream. */
export function reportOf({ last, status, problem }: Diagnosis): StoredReport {
  assert.equal(last?.type, 'report', JSON.stringify({ status, problem, last }))
  return z.parse(storedReport, last)
}

/** A request of which the test reads as much as it likes. */
export function start(port: number, body: unknown, headers: Record<string, string> = {}): ClientRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const asked = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/diagnose',
    headers: { Host: `localhost:${port}`, ...HEADERS, ...headers },
  })
  asked.end(text)
  return asked
}

export function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.on('response', resolve)
    asked.on('error', reject)
  })
}
