/** A lint result for people and for programs. */
import { styleText } from 'node:util'
import type { Finding, Judged, LintResult } from '#lib/configs/nginx/lint.ts'
import type { Severity } from '#lib/configs/nginx/rule.ts'
import { sentence, visible } from '#lib/text/foreign.ts'

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>

/** The findings, the worst first, and then what holds for the path. */
export function describeLint(result: LintResult, colour: boolean): string {
  const { error, findings, guessed, isPart, judged, missing } = result
  if (error) {
    const place = error.file === null ? '' : ` in ${error.file}:${error.line}`
    return `${sentence`nginx refuses this configuration: ${error.message}${place}`}\n${isPart ? IS_PART : ''}`
  }
  const parts = findings.map((finding) => describeFinding(finding, colour))
  if (findings.length === 0) parts.push('Nothing to find fault with.\n')
  if (guessed !== undefined) {
    const says = sentence`No location looks meant for WebSockets; ${guessed} was judged. Name another with --path.`
    parts.push(`${says}\n`)
  }
  if (judged) parts.push(describeJudged(judged))
  for (const { name, file, line } of missing) {
    parts.push(`${sentence`Not read: ${name}, which ${file}:${line} includes, is not there.`}\n`)
  }
  return parts.join('\n')
}

const IS_PART =
  'A file that nginx.conf includes can’t be judged alone: give nginx.conf, or pipe in the output of nginx -T.\n'

function describeFinding({ rule, severity, file, line, says, fix, cause }: Finding, colour: boolean): string {
  const level = colour ? styleText(COLOURS[severity], severity, { validateStream: false }) : severity
  const more = cause === null ? '' : `  More: why1006 explain ${cause}\n`
  const written = fix
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

export function lintDocument({ error, judged, findings, guessed, missing }: LintResult): object {
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
    findings,
    not_read: missing.map(({ name }) => name),
  }
}
