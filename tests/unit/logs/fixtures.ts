/** The recorded log folders with their right answers. */
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createLogReader, type LogSummary } from '#lib/logs/summary.ts'

const root = new URL('../../fixtures/logs/', import.meta.url)

export type LogFixture = {
  id: string
  files: string[]
  lines: number
  understood_min: number
  understood_max: number
  connections: number | null
  closes: Record<string, number> | null
  outcome: string
  or_outcomes: string[]
  causes: string[]
}

export const logFixtures: LogFixture[] = readdirSync(root).map((name) =>
  JSON.parse(readFileSync(new URL(`${name}/truth.json`, root), 'utf8')),
)

/** Lines as `wc -l` counts them, with an unfinished last one. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export function readFixture({ id, files }: LogFixture): LogSummary {
  const reader = createLogReader({ year: 2026 })
  for (const file of files) {
    const bytes = readFileSync(new URL(`${id}/${file}`, root))
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    for (const line of linesOf(text)) reader.read(line)
  }
  return reader.summary()
}
