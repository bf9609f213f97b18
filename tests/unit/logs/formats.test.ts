import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseLine } from '#lib/logs/line.ts'
import type { LogRecord } from '#lib/logs/record.ts'
import { samples } from '#tests/unit/logs/samples.ts'

/** How lines are carried: what a carrier puts around one. */
const ENVELOPES: Record<string, (line: string) => string> = {
  'docker compose': (line) => `chat-web-1  | ${line}`,
  'docker compose with stamps': (line) => `chat-web-1  | 2026-11-20T09:30:00.123456789Z ${line}`,
  'docker logs -t': (line) => `2026-11-20T09:30:00.123456789Z ${line}`,
  'docker json-file': (line) =>
    JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-20T09:30:00.123456789Z' }),
  'kubectl --prefix': (line) => `[pod/chat-7c9f8d5b6c-x2x9z/web] ${line}`,
  'kubectl --prefix --timestamps': (line) =>
    `[pod/chat-7c9f8d5b6c-x2x9z/web] 2026-11-20T09:30:00.123456789Z ${line}`,
  stern: (line) => `chat-7c9f8d5b6c-x2x9z web ${line}`,
  CRI: (line) => `2026-11-20T09:30:00.123456789Z stdout F ${line}`,
  'Fluent Bit': (line) =>
    JSON.stringify({ time: '2026-11-20T09:30:00.123Z', stream: 'stdout', _p: 'F', log: line }),
  journald: (line) => `Nov 20 09:30:00 web01 chat[812]: ${line}`,
  'journald, ISO': (line) => `2026-11-20T09:30:00+0000 web01 chat[812]: ${line}`,
  'journald, JSON': (line) =>
    JSON.stringify({ MESSAGE: line, __REALTIME_TIMESTAMP: '1795167000123456', _HOSTNAME: 'web01' }),
  'syslog with a priority': (line) => `<134>Nov 20 09:30:00 web01 chat[812]: ${line}`,
  'RFC 5424': (line) => `<134>1 2026-11-20T09:30:00.123Z web01 chat 812 - - ${line}`,
  'docker service logs': (line) => `chat_web.1.abcdef0123456@node1    | ${line}`,
  'aws logs tail': (line) => `2026-11-20T09:30:00.123000+00:00 ecs/web/8f1c2d3e ${line}`,
  logcli: (line) => `2026-11-20T09:30:00Z {app="chat", pod="chat-1"} ${line}`,
  pm2: (line) => `0|chat     | ${line}`,
  foreman: (line) => `09:30:00 web.1    | ${line}`,
  Heroku: (line) => `2026-11-20T09:30:00.123456+00:00 app[web.1]: ${line}`,
  'Fly.io': (line) => `2026-11-20T09:30:00Z app[148ed193b95e89] fra [info] ${line}`,
  'Google Cloud': (line) =>
    JSON.stringify({ insertId: '1', textPayload: line, timestamp: '2026-11-20T09:30:00.123Z' }),
  'Windows line end': (line) => `${line}\r`,
}

const withoutTimes = (record: LogRecord | undefined): unknown => {
  if (record === undefined) return undefined
  const rest: Record<string, unknown> = { ...record }
  for (const name of ['atMs', 'resolutionMs', 'zoneless', 'zoneMs']) delete rest[name]
  return rest
}

describe('a line of each format', () => {
  for (const { name, line, says } of samples)
    it(name, () => assert.partialDeepStrictEqual(parseLine(line, { year: 2026 }) ?? {}, says))
})

describe('in every envelope', () => {
  for (const [envelope, carry] of Object.entries(ENVELOPES)) {
    it(envelope, () => {
      for (const { name, line } of samples) {
        const bare = parseLine(line, { year: 2026 })
        const carried = parseLine(carry(line), { year: 2026 })
        assert.deepEqual(withoutTimes(carried), withoutTimes(bare), name)
        // The line's own time is nearer to what it tells than its carrier's.
        if (bare?.atMs !== undefined) assert.equal(carried?.atMs, bare.atMs, name)
      }
    })
  }
})

it('a line that was cut says nothing, or nothing else than the whole one', () => {
  for (const { name, line } of samples) {
    const whole: Record<string, unknown> = parseLine(line) ?? {}
    for (let end = 1; end < line.length; end += 7) {
      const cut: Record<string, unknown> = parseLine(line.slice(0, end)) ?? {}
      for (const key of ['status', 'flags', 'cut', 'event'] as const)
        if (cut[key] !== undefined) assert.equal(cut[key], whole[key], `${name}: ${line.slice(0, end)}`)
    }
  }
})
