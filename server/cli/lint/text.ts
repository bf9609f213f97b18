/** A lint result for people and for programs. */
import { styleText } from 'node:util'
import type { Finding } from '#lib/configs/nginx/findings.ts'
import type { Judged, LintResult } from '#lib/configs/nginx/lint.ts'
import type { Severity } from '#lib/configs/nginx/rule.ts'
import { numbered } from '#lib/text/diff.ts'
import { sentence, visible } from '#lib/text/foreign.ts'

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>

/** The findings, the worst first, and then what holds for the path. */
export function describeLint(result: LintResult, colour: boolean): string {
  const { error, findings, guessed, judged, looked, left, missing } = result
  const parts = findings.map((finding) => describeFinding(finding, colour))
  if (error) {
    const place = error.file === null ? '' : ` in ${error.file}:${error.line}`
    parts.unshift(`${sentence`nginx refuses this configuration: ${error.message}${place}`}\n`)
    return [...parts, ...describeReading(result)].join('\n')
  }
  if (findings.length === 0 && looked.length > 0) {
    parts.push(left.length === 0 ? 'No problems found.\n' : 'No problems found in what was checked.\n')
  }
  if (guessed !== undefined) {
    const says = sentence`No location looks like a WebSocket; checked ${guessed}. Name another with --path.`
    parts.push(`${says}\n`)
  }
  if (judged) parts.push(describeJudged(judged))
  const others = looked.slice(1).map((each) => sentence`${each.text} (${placeOf(each)})`)
  if (others.length > 0) parts.push(`${sentence`Judged as well: ${others.join(', ')}`}\n`)
  for (const each of left)
    parts.push(`${sentence`Not judged: ${each.text} (${placeOf(each)}), because ${each.because}.`}\n`)
  parts.push(...describeReading(result))
  for (const { name, file, line } of missing) {
    parts.push(`${sentence`Not read: ${name}, which ${file}:${line} includes, is not there.`}\n`)
  }
  return parts.join('\n')
}

const placeOf = ({ file, line }: { file: string; line: number }): string => `${file}:${line}`

/** What the text is a part of, and what it leaves to be filled in. */
function describeReading(result: LintResult): string[] {
  const readAs = readAsPart(result)
  const names = result.placeholders.map((each) => sentence`${each.text} (${placeOf(each)})`)
  return [
    ...(readAs === null ? [] : [`${sentence`Read as ${readAs}: what else is in it is not known.`}\n`]),
    ...(names.length === 0
      ? []
      : [`${sentence`Not filled in yet, so what depends on it stays open: ${names.join(', ')}`}\n`]),
  ]
}

/** `part of http {}`, `part of http { server {} }`; null for a whole configuration. */
function readAsPart({ impliedBlocks }: LintResult): string | null {
  if (impliedBlocks.length === 0) return null
  if (impliedBlocks[0] === 'main') return 'part of nginx.conf'
  return `part of ${impliedBlocks.toReversed().reduce((inner, name) => `${name} {${inner === '' ? '' : ` ${inner} `}}`, '')}`
}

function describeFinding(
  { rule, severity, file, line, says, fix, lines, cause }: Finding,
  colour: boolean,
): string {
  const level = colour ? styleText(COLOURS[severity], severity, { validateStream: false }) : severity
  const more = cause === null ? '' : `  More: why1006 explain ${cause}\n`
  const written = (lines === undefined ? fix : numbered(lines))
    .split('\n')
    .map((each) => `    ${each}`.trimEnd())
    .join('\n')
  return `${visible(file)}:${line}  ${level}  ${rule}\n  ${says}\n\n${written}\n\n${more}`
}

function describeJudged({ path, location, passesTo, effective }: Judged): string {
  const at = sentence`${path}: ${location.file}:${location.line}`
  if (!effective) return `${at}, not proxied\n`
  const { httpVersion, readTimeoutSeconds, host, hostValue = host } = effective
  // What a file sets that is not there is left out.
  const settings = [
    `to ${passesTo ?? ''}`,
    ...(httpVersion === undefined ? [] : [`HTTP/${httpVersion}`]),
    effective.upgrade ? 'passes the upgrade on' : 'does not pass the upgrade on',
    ...(readTimeoutSeconds === undefined ? [] : [`read timeout ${readTimeoutSeconds} s`]),
    ...(hostValue === undefined ? [] : [`Host ${hostValue}`]),
  ]
  return `${at}, ${sentence`${settings}`}\n`
}

export function lintDocument(result: LintResult): object {
  const { error, judged, findings, guessed, looked, left, placeholders, missing } = result
  const effective = judged?.effective
  return {
    valid: error === undefined,
    error: error ?? null,
    path: judged?.path ?? null,
    path_guessed: guessed !== undefined,
    location: judged?.location ?? null,
    effective: judged
      ? {
          proxied: judged.passesTo !== undefined,
          upgrade: effective?.upgrade ?? null,
          http_version: effective?.httpVersion ?? null,
          read_timeout_seconds: effective?.readTimeoutSeconds ?? null,
          host: effective?.host ?? null,
          ...(effective?.hostValue !== undefined && { host_value: effective.hostValue }),
          forwarded_proto: effective?.forwardedProto ?? null,
        }
      : null,
    findings: findings.map(({ lines: _, fixed: __, ...finding }) => finding),
    not_read: missing.map(({ name }) => name),
    read_as: readAsPart(result),
    placeholders,
    judged: looked,
    not_judged: left,
  }
}
