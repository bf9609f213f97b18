/** The figures behind the chart as CSV (RFC 4180): every sample of the window, a line each. */
import type { Sample } from '#lib/store/connection/samples.ts'

interface Rows {
  readonly label: string
  readonly samples: Iterable<Sample> | undefined
}

/** Times are ISO 8601 in UTC; `ms` is a round trip, or how late a beat was. Oldest first, connection by connection. */
export function chartCsv(
  connections: readonly Rows[],
  { fromAt, toAt }: { fromAt: number; toAt: number },
): string {
  const lines = [['time', 'connection', 'what', 'ms']]
  for (const { label, samples } of connections) {
    for (const sample of samples ?? []) {
      if (sample.at < fromAt || sample.at > toAt) continue
      lines.push([new Date(sample.at).toISOString(), label, wordOf(sample), figureOf(sample)])
    }
  }
  return lines.map((cells) => `${cells.map(cell).join()}\r\n`).join('')
}

function wordOf(sample: Sample): string {
  if (sample.kind === 'close') return `close ${sample.code ?? ''}`.trimEnd()
  return sample.kind === 'page-rtt' && sample.isWarmUp === true ? 'page-rtt, the first' : sample.kind
}

function figureOf(sample: Sample): string {
  if (sample.kind === 'page-rtt' || sample.kind === 'server-rtt') return String(sample.ms)
  return sample.kind === 'beat' && sample.behindMs !== null ? String(sample.behindMs) : ''
}

/** A text that begins like a formula is run by spreadsheets: a quote in front of it makes it text. */
function cell(text: string): string {
  const tame = /^[=+@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
