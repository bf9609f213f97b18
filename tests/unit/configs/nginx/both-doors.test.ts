/**
 * A configuration has one meaning, whoever asks: the linter, which is given files, and the diagnosis, which is given
 * what somebody pasted.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type LintOptions, lint } from '#lib/configs/nginx/lint.ts'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'
import { foreign } from '#lib/text/foreign.ts'
import { filesReader, readerAt } from '#tests/unit/configs/nginx/fixture-reader.ts'
import { composedCases, truthCases } from '#tests/unit/diagnosis/truth.ts'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)

interface Question {
  path: string
  host: string
  port: number
  tls: boolean
}

interface Reading {
  refused: { message: string; line: number | null } | undefined
  place: number | undefined
  upgrade: boolean | undefined
  httpVersion: string | undefined
  readTimeoutSeconds: number | undefined
  /** Findings of this path that are worse than info, with their lines. */
  findings: string[]
}

function byTheLinter(main: string, reader: ConfigReader, asked: Question): Reading {
  const options: LintOptions = asked
  const { error, judged, findings } = lint(main, reader, options)
  return {
    // A report shows what nobody can see.
    refused: error && { message: foreign(error.message), line: error.line },
    place: judged?.passesTo === undefined ? undefined : judged.location.line,
    upgrade: judged?.effective?.upgrade,
    httpVersion: judged?.effective?.httpVersion,
    readTimeoutSeconds: judged?.effective?.readTimeoutSeconds,
    findings: findings.flatMap(({ rule, severity, line }) =>
      severity === 'info' ? [] : [`${rule} ${line}`],
    ),
  }
}

const lineIn = (from: string | undefined): number | null =>
  Number(/:(\d+)$/.exec(from ?? '')?.[1] ?? Number.NaN) || null

const REFUSES = 'nginx refuses this configuration: '

function byTheDiagnosis(evidence: Evidence): Reading {
  const { settings } = readFacts(evidence)
  const { passing, idle, findings } = settings
  const refusal = findings.find(({ rule }) => rule === 'refused')
  return {
    refused: refusal && { message: refusal.says.slice(REFUSES.length), line: lineIn(refusal.from) },
    place: lineIn(passing?.from.place) ?? undefined,
    upgrade: passing && passing.upgrade !== false && passing.connection !== false,
    httpVersion: passing?.httpVersion,
    readTimeoutSeconds: passing && (idle[0]?.seconds ?? 0),
    findings: findings.flatMap(({ rule, from }) => (rule === 'refused' ? [] : [`${rule} ${lineIn(from)}`])),
  }
}

const evidenceFor = (config: string, { path, host, port, tls }: Question): Evidence =>
  parseEvidence({
    target: { url: `${tls ? 'wss' : 'ws'}://${host}:${port}${path}` },
    proxy: { kind: 'nginx', config },
  })

/** The linter looks at the places beside the path as well; the diagnosis is about one path. */
function assertSame(linter: Reading, diagnosis: Reading): void {
  const { findings, ...settings } = diagnosis
  assert.deepEqual({ ...settings, findings: [] }, { ...linter, findings: [] })
  assert.deepEqual(
    findings.filter((finding) => !linter.findings.includes(finding)),
    [],
  )
}

/** The port that the text speaks of, so that both are asked about one on which nginx listens. */
function heardIn(text: string, usual: number): Pick<Question, 'port' | 'tls'> {
  const listens = [...text.matchAll(/^\s*listen (?:[\d.]+:)?(\d+)( ssl)?/gm)]
  const heard = listens.find(([, port]) => Number(port) === usual) ?? listens[0]
  return { port: Number(heard?.[1] ?? usual), tls: heard?.[2] !== undefined }
}

/** What `nginx -T` would write of the files of a folder. */
function dumpOf(folder: URL): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(conf|inc)$/.test(name))
    .sort((one, other) => Number(other === 'nginx.conf') - Number(one === 'nginx.conf'))
  return files
    .map(
      (name) => `# configuration file /etc/nginx/${name}:\n${readFileSync(new URL(name, folder), 'utf8')}\n`,
    )
    .join('')
}

describe('recorded configurations', () => {
  for (const id of readdirSync(new URL('nginx/', FIXTURES))) {
    const folder = new URL(`nginx/${id}/`, FIXTURES)
    const { path, host, port, tls } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))
    const secure: boolean = tls ?? port === 443
    const asked = { path, host: host ?? 'example.com', port: port ?? (secure ? 443 : 80), tls: secure }
    it(`mean the same by both doors: ${id}`, () => {
      const linter = byTheLinter('nginx.conf', readerAt(folder), asked)
      assertSame(linter, byTheDiagnosis(evidenceFor(dumpOf(folder), asked)))
      const text = readFileSync(new URL('nginx.conf', folder), 'utf8')
      if (!text.includes('include')) assertSame(linter, byTheDiagnosis(evidenceFor(text, asked)))
    })
  }
})

describe('configurations of the rules', () => {
  const folder = new URL('nginx-rules/', FIXTURES)
  const asked = { path: '/ws', host: 'example.com' }
  for (const rule of readdirSync(folder)) {
    it(`mean the same by both doors: ${rule}`, () => {
      for (const file of readdirSync(new URL(`${rule}/`, folder))) {
        const text = readFileSync(new URL(`${rule}/${file}`, folder), 'utf8')
        const question = { ...asked, ...heardIn(text, 80) }
        const linter = byTheLinter(file, readerAt(new URL(`${rule}/`, folder)), question)
        assertSame(linter, byTheDiagnosis(evidenceFor(text, question)))
      }
    })
  }

  it('mean the same by both doors: the one that others are made of by mutation', () => {
    const text = readFileSync(new URL('nginx-mutated/nginx.conf', FIXTURES), 'utf8')
    const question = { ...asked, ...heardIn(text, 80) }
    const linter = byTheLinter('nginx.conf', filesReader({ 'nginx.conf': text }), question)
    assertSame(linter, byTheDiagnosis(evidenceFor(text, question)))
  })
})

/** A part is read as if a whole configuration included it where it belongs. */
const AROUND = {
  http: 'events {}\nhttp { ssl_certificate a.crt; ssl_certificate_key a.key; include part.conf; }',
  server: 'events {}\nhttp { server { listen 80; listen 443; include part.conf; } }',
}

describe('configurations of recorded connections', () => {
  const withConfig = [...truthCases, ...composedCases].filter(({ evidence }) => {
    return evidence.proxy?.kind === 'nginx' && evidence.proxy.config !== undefined
  })

  it('are there', () => assert.ok(withConfig.length >= 20))

  it('mean the same by both doors', () => {
    for (const { evidence, file } of withConfig) {
      const config = evidence.proxy?.config ?? ''
      const { target } = readFacts(parseEvidence(evidence))
      if (!target.url) continue
      // Lines of the outermost level are not part of what is included further in.
      const [main = ''] = /^worker_shutdown_timeout[^;]*;/m.exec(config) ?? []
      const around = `${main}\n${/^\s*location\b/.test(config) ? AROUND.server : AROUND.http}`
      const files = { 'nginx.conf': around, 'part.conf': config.replace(main, '') }
      const { port, tls } = heardIn(config.replaceAll('{', '{\n'), target.port)
      const isHeard = /\blisten\b/.test(config)
      const asked = {
        path: target.requestTarget,
        host: target.url.host,
        port,
        tls: isHeard ? tls : target.secure,
      }
      assertSame(
        byTheLinter('nginx.conf', filesReader(files), asked),
        byTheDiagnosis(parseEvidence(evidence)),
      )
      assert.deepEqual(diagnose(parseEvidence(evidence)).failed_checks, [], file)
    }
  })
})
