/** Configurations as people write them, and what nginx 1.22.1 did with each. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Finding } from '#lib/configs/nginx/findings.ts'
import { lint } from '#lib/configs/nginx/lint.ts'
import { readerAt } from '#tests/unit/configs/nginx/fixture-reader.ts'

const FIXTURES = new URL('../../../fixtures/nginx/', import.meta.url)
/** A finding may stand so many lines beside the range that is expected. */
const NEAR_LINES = 3

interface Range {
  file: string
  from: number
  to: number
}

interface Expected {
  path: string
  host?: string
  port?: number
  tls?: boolean
  heartbeat?: number
  valid: boolean
  error?: { message: string; file: string; line: number }
  location?: { file: string; line: number }
  effective?: Record<string, unknown>
  must_find?: string[]
  must_not_find?: string[]
  lines?: Record<string, Range[]>
}

const isNear = ({ file, line }: Finding, ranges: readonly Range[]): boolean =>
  ranges.some((range) => {
    return file === range.file && line >= range.from - NEAR_LINES && line <= range.to + NEAR_LINES
  })

for (const id of readdirSync(FIXTURES)) {
  const folder = new URL(`${id}/`, FIXTURES)
  const expected: Expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))
  const { path, host, port, tls, heartbeat } = expected
  const result = lint('nginx.conf', readerAt(folder), {
    path,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(tls !== undefined && { tls }),
    ...(heartbeat !== undefined && { heartbeatSeconds: heartbeat }),
  })

  describe(id, () => {
    if (!expected.valid) {
      it('is refused in the words of nginx', () => assert.deepEqual(result.error, expected.error))
      return
    }

    it('is valid', () => assert.equal(result.error, undefined))

    it('finds the location and what holds in it', () => {
      if (expected.location) assert.deepEqual(result.judged?.location, expected.location)
      const { passesTo, effective } = result.judged ?? {}
      const found = {
        proxied: passesTo !== undefined,
        upgrade: effective?.upgrade ?? null,
        http_version: effective?.httpVersion ?? null,
        read_timeout_seconds: effective?.readTimeoutSeconds ?? null,
        host: effective?.host ?? null,
        ...(effective?.hostValue !== undefined && { host_value: effective.hostValue }),
        forwarded_proto: effective?.forwardedProto ?? null,
      }
      assert.deepEqual(found, expected.effective)
    })

    it('reports what is wrong, where it is, and nothing that is right', () => {
      const alarms = result.findings.filter(({ severity }) => severity !== 'info')
      for (const rule of expected.must_find ?? []) {
        const found = alarms.filter((finding) => finding.rule === rule)
        assert.notDeepEqual(found, [], rule)
        const ranges = expected.lines?.[rule]
        if (ranges)
          assert.ok(
            found.some((finding) => isNear(finding, ranges)),
            `${rule} stands elsewhere`,
          )
      }
      const wrong = alarms.filter(({ rule }) => expected.must_not_find?.includes(rule))
      assert.deepEqual(wrong, [])
    })
  })
}
