/** Configurations of other programs than nginx: which it is, and what stands in it against WebSockets. */
import { styleText } from 'node:util'
import type { Severity } from '#lib/configs/nginx/rule.ts'
import { checkOther, isChecked } from '#lib/configs/others/check.ts'
import type { OtherFinding } from '#lib/configs/others/finding.ts'
import { configurationsIn } from '#lib/intake/configurations/find.ts'
import { nameOfProgram } from '#lib/intake/configurations/names.ts'
import { Lines } from '#lib/intake/lines.ts'
import { withoutMargins } from '#lib/intake/margins.ts'
import { sentence, visible } from '#lib/text/foreign.ts'

export interface Other {
  readonly file: string
  /** As lib/intake names it: `haproxy`. */
  readonly program: string
  readonly findings: readonly OtherFinding[]
}

/** Undefined where a text is of nginx, of several programs, or of none that is known. */
export function otherIn(text: string, file: string): Other | undefined {
  const lines = withoutMargins(Lines.of(text))
  const configurationFrom = configurationsIn(lines)
  const kept = new Set<number>()
  const programs = new Set<string>()
  for (let at = 0; at < lines.length; ) {
    const block = configurationFrom(at)
    const end = block?.end ?? at + 1
    if (block !== undefined) {
      programs.add(block.program)
      for (let own = at; own < end; own += 1) kept.add(own)
    }
    at = end
  }
  const [program, ...more] = programs
  if (program === undefined || program === 'nginx' || more.length > 0) return undefined
  const own = Array.from({ length: lines.length }, (_, at) => (kept.has(at) ? lines.at(at) : ''))
  return { file, program, findings: checkOther(program, own.join('\n')) }
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>

export function describeOther({ file, program, findings }: Other, colour: boolean): string {
  const told = findings.map(({ rule, severity, line, says, change, cause }) => {
    const level = colour ? styleText(COLOURS[severity], severity, { validateStream: false }) : severity
    const text = change.text.replaceAll('\n', '\n    ')
    return `${visible(file)}:${line}  ${level}  ${rule}\n  ${says}\n\n  ${change.where}\n    ${text}\n\n  More: why1006 explain ${cause}\n`
  })
  const name = nameOfProgram(program)
  const what = isChecked(program)
    ? sentence`Read as a configuration of ${name}: its timers and its headers were looked at, and no path was followed.`
    : sentence`This is a configuration of ${name}, and there are no rules for it. With the error beside it: why1006 diagnose <files>`
  const none = findings.length === 0 && isChecked(program) ? ['No problems found.\n'] : []
  return [...told, ...none, `${what}\n`].join('\n')
}

export const otherDocument = ({ file, program, findings }: Other): object => ({
  valid: true,
  error: null,
  program,
  path: null,
  path_guessed: false,
  location: null,
  effective: null,
  findings: findings.map(({ rule, severity, line, says, change, cause }) => ({
    rule,
    severity,
    file,
    line,
    says,
    fix: change.text,
    cause,
  })),
  not_read: [],
  read_as: null,
  placeholders: [],
  judged: [],
  not_judged: [],
})
