/** A log's report as text for a terminal. */
import type { LogReport, TroubleReport } from '#lib/diagnosis/judge-logs.ts'
import type { Bins, Histograms } from '#lib/diagnosis/log-histograms.ts'
import { describeReport, type TextOptions } from '#lib/diagnosis/text.ts'
import { formatNames, type LineFormat } from '#lib/logs/record.ts'
import { sentence } from '#lib/text/foreign.ts'

const BARS = 40

/** The whole report, the verdict last: that is where a terminal stands when it is done. */
export function describeLogs(report: LogReport, options: TextOptions): string {
  const parts = [
    counts(report),
    ...report.troubles.slice(0, MOST_TROUBLES).map(trouble),
    moreTroubles(report),
    describeHistograms(report.histograms),
  ]
  return [...parts.filter((part) => part !== ''), describeReport(report.report, options)].join('\n\n')
}

/** More of them push the verdict off the screen. */
const MOST_TROUBLES = 5

function moreTroubles({ troubles, troubles_left_out, dropped }: LogReport): string {
  const others = troubles.slice(MOST_TROUBLES)
  const count = others.length + troubles_left_out
  if (count === 0) return ''
  const connections = others.reduce((sum, each) => sum + each.connections, dropped)
  return `and ${number(count, 'more trouble')}, ${number(connections, 'connection')}: --json lists ${troubles_left_out === 0 ? 'all' : `the largest ${troubles.length}`}`
}

function counts(report: LogReport): string {
  const {
    lines,
    understood,
    formats,
    connections,
    still_open,
    closes,
    refused,
    left_out,
    skimmed,
    shortened,
  } = report
  const rows = [`${number(lines, 'line')}, ${understood} understood`]
  for (const [format, count] of Object.entries(formats))
    rows.push(`  ${formatNames[format as LineFormat]}: ${count}`)
  if (skimmed > 0) rows.push(`  plain requests, not read further: ${skimmed}`)
  rows.push(
    '',
    number(connections, 'WebSocket connection') + (still_open > 0 ? `, ${still_open} still open` : ''),
  )
  if (lines > 0 && understood === 0) rows.push('', nothingUnderstood(report))
  if (closes !== null) rows.push(`  close codes: ${tally(closes)}`)
  if (Object.keys(refused).length > 0) rows.push(`  refused with HTTP: ${tally(refused)}`)
  if (left_out > 0) rows.push(`  not counted, because of another path or time: ${left_out}`)
  if (shortened > 0)
    rows.push(`  ${number(shortened, 'line')} longer than 1 KiB: quoted without their middle`)
  return rows.join('\n')
}

function nothingUnderstood({ unread }: LogReport): string {
  const [first] = unread
  return [
    ...(first === undefined ? [] : [sentence`The first line is: ${first}`]),
    'These are read:',
    ...Object.values(formatNames).map((name) => `  ${name}`),
    'For a log_format of your own, give the nginx.conf with --config.',
  ].join('\n')
}

function trouble({ what, connections, pattern, known_timers, lines, report }: TroubleReport): string {
  const rows = [`${connections} × ${what}`]
  if (pattern.kind === 'idle' || pattern.kind === 'lifetime') {
    const { seconds: value, spread_seconds, count, of } = pattern
    const when = pattern.or ? 'age or idle time' : pattern.kind === 'idle' ? 'of silence' : 'of age'
    rows.push(
      `  ${count} of ${of} after ${value.toFixed(1)} s ± ${(spread_seconds / 2).toFixed(1)} s ${when}`,
    )
    if (known_timers.length > 0) rows.push(`  known timers: ${known_timers.join(', ')}`)
  } else if (pattern.kind === 'reload') {
    const moments = pattern.moments.map(({ at, count }) => `${new Date(at * 1000).toISOString()} (${count})`)
    rows.push(`  ${pattern.count} of ${pattern.of} at the same time: ${moments.slice(0, 5).join(', ')}`)
  }
  if (report.verdicts[0] !== undefined) rows.push(sentence`  verdict: ${report.headline}`)
  const [shown] = lines
  if (shown?.file !== undefined)
    rows.push(
      sentence`  such as line ${shown.number ?? 0} of ${shown.file}: ${shown.line.slice(0, MOST_SHOWN)}`,
    )
  return rows.join('\n')
}

/** Of a line, as much as tells it from others. */
const MOST_SHOWN = 160

/** The three histograms as bars; empty when there is nothing to draw. */
export function describeHistograms({ age, silence, wall_clock }: Histograms): string {
  // To the tenth of a second where bars are closer than a second.
  const length = (wall_clock?.bin_ms ?? 0) < 1_000 ? 21 : 19
  const at = (ms: number) => new Date(ms).toISOString().slice(0, length).replace('T', ' ')
  return [
    bars('Age at the end', age, seconds),
    bars('Silence before the end', silence, seconds),
    bars('Wall clock (UTC)', wall_clock, at),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function bars(title: string, histogram: Bins | undefined, label: (ms: number) => string): string {
  if (histogram === undefined) return ''
  const { from_ms, bin_ms, counts: heights } = histogram
  const most = Math.max(...heights)
  const labels = heights.map((_, index) => label(from_ms + index * bin_ms))
  const width = Math.max(...labels.map(({ length }) => length))
  const rows = heights.flatMap((count, index) => {
    // One row for many that are empty.
    if (isWithinGap(heights, index))
      return isWithinGap(heights, index - 1) ? [] : [`  ${'…'.padStart(width)}`]
    const bar = '█'.repeat(Math.ceil((count / most) * BARS))
    return [`  ${(labels[index] ?? '').padStart(width)}  ${bar}${count > 0 ? ` ${count}` : ''}`]
  })
  return [title, ...rows].join('\n')
}

/** An empty row between two others. */
const isWithinGap = (heights: readonly number[], at: number): boolean =>
  [at - 1, at, at + 1].every((each) => heights[each] === 0)

function tally(counted: Record<string, number>): string {
  return Object.entries(counted)
    .map(([name, count]) => `${name} × ${count}`)
    .join(', ')
}

function number(count: number, of: string): string {
  return `${count} ${of}${count === 1 ? '' : 's'}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
