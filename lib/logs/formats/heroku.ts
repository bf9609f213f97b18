/**
 * The router of Heroku: `at=info method=GET path="/ws" … connect=0ms service=60012ms status=101 bytes=129`, and `at=error
 * code=H15 desc="Idle connection" …` (devcenter.heroku.com, "HTTP routing", "Heroku error codes"). Written when the request
 * ended; a tunnel that the router ended has a status of 503 beside its code, which nobody was sent.
 */
import { duration } from '#lib/logs/access-fields.ts'
import type { AccessRecord } from '#lib/logs/record.ts'
import { tokens } from '#lib/logs/tokens.ts'

/** Errors of connections whose answer had begun: the status in the line is none that the client saw. */
const OF_TUNNELS: ReadonlySet<string> = new Set(['H15', 'H18', 'H28'])
/** Of a client that left, before or after the answer. */
const LEFT: ReadonlySet<string> = new Set(['H27'])

export function parseHeroku(line: string): AccessRecord | undefined {
  const at = line.startsWith('at=') ? 0 : line.indexOf(' at=') + 1
  if ((at === 0 && !line.startsWith('at=')) || at > 200) return undefined
  const text = line.slice(at)
  if (!/^at=(?:info|error|warning) /.test(text)) return undefined
  const words = new Map<string, string>()
  for (const { key, value } of tokens(text) ?? []) if (key !== undefined) words.set(key, value)
  const [path, method, status] = [words.get('path'), words.get('method'), words.get('status')]
  const service = duration(words.get('service') ?? '', 1)
  if (path === undefined || method === undefined || status === undefined || !words.has('dyno'))
    return undefined
  const code = words.get('code')
  // The router learns of an end in the middle of an answer: of a request that long it is a tunnel.
  const isTunnel =
    code !== undefined && (OF_TUNNELS.has(code) || (LEFT.has(code) && (service ?? 0) > LONGEST_ANSWER_MS))
  const client = words.get('fwd')?.split(',')[0]?.trim()
  const connect = duration(words.get('connect') ?? '', 1)
  return {
    kind: 'access',
    format: 'heroku',
    resolutionMs: 1,
    method,
    path,
    status: isTunnel ? 101 : Number(status),
    ...(service !== undefined && { durationMs: service }),
    ...(client !== undefined && client !== '' && { client }),
    ...(/^\d{1,18}$/.test(words.get('bytes') ?? '') && { bytes: Number(words.get('bytes')) }),
    ...(connect !== undefined && { upstreamConnectMs: connect }),
    ...(code !== undefined && { error: `code=${code} desc="${(words.get('desc') ?? '').slice(0, 80)}"` }),
    ...(isTunnel && code !== undefined && !LEFT.has(code) && { cut: code }),
  }
}

/** An answer has to begin within 30 s. */
const LONGEST_ANSWER_MS = 30_000
