/** Nothing that stands in the evidence runs in a fix, whoever reads it. Real proxies and languages: tests/parity. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { commandsFor } from '#lib/checklist/commands.ts'
import { Tokenizer } from '#lib/configs/nginx/syntax/tokens.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import { copyAs, copyTools } from '#lib/text/copy-as.ts'
import type { Change } from '#lib/text/fix.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { hostileEvidence, hostileHosts, hostileWords } from '#tests/unit/playbook/hostile-evidence.ts'

/** Beside those that were thought of, some that chance made of the same characters. */
const anyWord = fc.string({
  unit: fc.constantFrom(
    ...'\'"`\\$#{}()<>;&|%=~!*?[] \n\r\t\u0000\u009b\u2028\u202e-.:/@,',
    '$(touch ran)',
    '{touch,ran}',
    'ran',
  ),
  maxLength: 12,
})
const chanced = fc.sample(fc.tuple(anyWord, anyWord, anyWord), 40).map(([path, name, origin]) =>
  parseEvidence({
    target: { url: `wss://app.example/${path}?${name}`, subprotocols: [name, origin], page_origin: origin },
    probe: {
      origin: name,
      http: { status: 302, headers: [['Location', path]] },
      end: { kind: 'http_response', ms: 1 },
    },
  }),
)

const changes: Change[] = [...hostileEvidence, ...chanced]
  .map(readFacts)
  .flatMap((facts) => catalogue.flatMap(({ fix }) => fix(facts).changes))

const textsFor = (...programs: Change['program'][]): string[] => [
  ...new Set(changes.filter(({ program }) => programs.includes(program)).map(({ text }) => text)),
]

/** Each parsed and run by itself, without any program but `touch` and `id`; gives what bash did not parse. */
function runAll(commands: readonly string[]): { broken: string[]; left: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'why1006-hostile-'))
  const each = `
    PATH=
    touch() { echo ran > ran; }; id() { touch; }
    export -f touch id
    while IFS= read -r -d '' command; do
      "$BASH" -n -c "$command" || printf '%s\\0' "$command"
      (eval "$command") > /dev/null < /dev/null || true
    done`
  try {
    const { status, stdout } = spawnSync('bash', ['-c', each], {
      cwd: folder,
      input: commands.map((command) => `${command}\0`).join(''),
      encoding: 'utf8',
      timeout: 60_000,
    })
    assert.equal(status, 0)
    return { broken: stdout.split('\0').slice(0, -1), left: readdirSync(folder) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the trap shuts: what is not quoted runs', () => {
  assert.deepEqual(runAll(['getent hosts $({touch,ran})']), { broken: [], left: ['ran'] })
  assert.deepEqual(runAll(["getent hosts a'"]).broken, ["getent hosts a'"])
})

test('a shell runs nothing of the evidence, and makes no file', () => {
  const commands = textsFor('shell', 'a2enmod', 'certbot', 'aws-alb', 'google-cloud')
  assert.ok(commands.length > 40)
  assert.deepEqual(runAll(commands), { broken: [], left: [] })
})

const dropped = [
  { type: 'open', ms: 40 },
  { type: 'close', ms: 9000, code: 1006, reason: '', was_clean: false },
]
const refused = [
  'WebSocket connection failed: Error during WebSocket handshake: Unexpected response code: 403',
]

test('a shell runs nothing of what a report says to do next', () => {
  const commands = [...hostileEvidence, ...chanced]
    .flatMap(({ target }) => [
      { target },
      { target, browser: { events: dropped } },
      { target, browser: { console: refused } },
    ])
    .flatMap((evidence) => diagnose(evidence).next.flatMap(({ command = [] }) => command))
  assert.ok(commands.length > 24, String(commands.length))
  assert.deepEqual(runAll([...new Set(commands)]), { broken: [], left: [] })
})

test('a shell runs nothing of what is copied for it, or of the checklist', () => {
  const urls = [
    ...hostileHosts.map((host) => `wss://${host}:8443/ws`),
    ...hostileWords.map((word) => `ws://app.example/${word}?${word}`),
  ]
  const commands = urls.flatMap((url, at) => {
    const word = hostileWords[at % hostileWords.length] ?? ''
    const source = { url, subprotocols: [word], origin: word }
    const copied = copyTools.filter((tool) => tool !== 'python' && tool !== 'console')
    return [
      ...copied.map((tool) => copyAs(tool, source)),
      ...commandsFor(source)
        .filter(({ needs }) => needs.length > 0 && needs[0] !== 'python3')
        .map(({ text }) => text),
    ]
  })
  assert.deepEqual(runAll([...new Set(commands)]), { broken: [], left: [] })
})

test('JavaScript reads every fix, and what was foreign is a string in it', () => {
  const texts = textsFor('node', 'browser').filter((text) => !text.startsWith('connect-src'))
  const copied = hostileWords.map((word) =>
    copyAs('console', { url: `ws://app.example/${word}`, subprotocols: [word] }),
  )
  for (const text of [...texts, ...copied]) {
    if (text.startsWith('import ')) continue
    assert.doesNotThrow(() => new Function(text), text)
    const code = text.replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    assert.doesNotMatch(code, /touch|system|require|alert/, text)
    assert.doesNotMatch(text, /<\/script|<!--/i)
  }
})

test('a policy stays one directive', () => {
  const policies = textsFor('browser').filter((text) => text.startsWith('connect-src'))
  assert.ok(policies.length > 2)
  for (const text of policies) assert.match(text, /^connect-src 'self' wss:\/\/[\w.:[\]-]+$/)
})

test('nginx reads every fix as the directives that were written', () => {
  const known =
    /^(location|upstream|ip_hash|server|proxy_\w+|auth_basic|allow|deny|limit_req|ssl_\w+|large_client_header_buffers|worker_shutdown_timeout)$/
  for (const text of textsFor('nginx')) {
    const tokens = new Tokenizer(text, 'fix')
    for (let next = tokens.next(); next.terminator !== 'end'; next = tokens.next()) {
      if (next.words.length > 0) assert.match(next.words[0] ?? '', known, text)
    }
  }
})

test('lines of files stay the lines that were written', () => {
  for (const text of textsFor('this-server')) assert.match(text, /^([A-Z_]+=[^\s;$`]*\n?)+$/, text)
  for (const text of textsFor('haproxy', 'apache')) {
    assert.match(
      text,
      /^((timeout|alpn|balance|bind|h2-workaround|maxconn|tune|hard-stop|Proxy\w+|Limit\w+)[^\n]*\n?)+$/,
      text,
    )
  }
})

test('no fix has a character that nobody sees, and none begins a line of its own accord', () => {
  for (const { text } of changes) {
    assert.equal(visibleLines(text), text)
    assert.doesNotMatch(text, /^\s*touch/m)
  }
})
