/**
 * Errors of Fly.io's proxy in `fly logs`: `proxy[148ed193b95e89] fra [error] [PC01] instance refused connection. …` (fly.io, "Error
 * codes and troubleshooting"). The second letter of a code says what failed.
 */
import { plainSign } from '#lib/logs/plain-signs.ts'
import type { NoticeRecord, Sign } from '#lib/logs/record.ts'

const LINE = /^proxy\[[\w-]{1,40}\] [a-z]{3} \[([a-z]{4,5})\] ?(?:\[([A-Z]{2}\d\d)\] ?)?(\S.{0,2000})$/

const SIGNS: readonly (readonly [codes: RegExp, sign: Sign])[] = [
  [/^PC0[12]$/, 'connect-refused'],
  [/^PC/, 'connect-failed'],
  [/^PU0[2-4]$/, 'closed-before-response'],
  [/^PU/, 'response-invalid'],
  [/^PR/, 'no-live-upstream'],
  [/^PA/, 'connect-failed'],
  [/^PT/, 'tls-failed'],
]

export function parseFly(line: string): NoticeRecord | undefined {
  const match = LINE.exec(line)
  if (match === null) return undefined
  const [, level = '', code = '', text = ''] = match
  const sign = plainSign(text) ?? SIGNS.find(([codes]) => codes.test(code))?.[1] ?? 'other'
  return { kind: 'notice', format: 'fly', resolutionMs: 1, sign, level, text: text.slice(0, 500) }
}
