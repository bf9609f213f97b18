/** An nginx configuration among the evidence: what it is blamed for, with its line, and what it is not. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { lint } from '#lib/configs/nginx/lint.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { readerAt } from '#tests/unit/configs/nginx/fixture-reader.ts'

const target = { url: 'wss://app.example/ws', page_origin: 'https://app.example' }
const reached = { dns: { outcome: 'ok' }, tcp: { outcome: 'connected' }, tls: { outcome: 'ok' } }
const answered = (status: number) => ({
  probe: {
    ...reached,
    http: { status, version: '1.1', headers: [['Server', 'nginx']], body_start: '', ms: 5 },
    end: { kind: 'http_response', ms: 5 },
  },
})
const opened = {
  probe: {
    ...reached,
    http: { status: 101, version: '1.1', headers: [], ms: 5 },
    checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
    frames: [],
    end: { kind: 'open', ms: 3000 },
  },
}

const judge = (config: string, seen: object = answered(426), kind: string | undefined = 'nginx'): Report =>
  diagnose(parseEvidence({ target, ...seen, proxy: { ...(kind && { kind }), config } }))

const verdictOn = (report: Report, cause: string) =>
  report.verdicts.find((verdict) => verdict.cause === cause)
const isRuledOut = (report: Report, cause: string) => report.ruled_out.some((each) => each.cause === cause)

const PASSING = `proxy_pass http://127.0.0.1:3000;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  proxy_set_header Host $host;`
const MAP = "map $http_upgrade $connection_upgrade {\n  default upgrade;\n  '' close;\n}"
const STRIPPED = 'upgrade-headers-stripped'

describe('a configuration that passes the upgrade on is not blamed', () => {
  const RIGHT: Record<string, string> = {
    'by the map of the documentation': `${MAP}\nserver {\n listen 443 ssl;\n location /ws {\n  ${PASSING}\n }\n}`,
    'by a map that was not given': `server {\n listen 443 ssl;\n location /ws {\n  ${PASSING.replace('$connection_upgrade', 'upgrade')}\n }\n}`,
    'beside a broken second host': `${MAP}
server { listen 443 ssl; server_name other.example; location / { proxy_pass http://127.0.0.1:1; } }
server { listen 443 ssl; server_name app.example; location /ws { ${PASSING} } }`,
    'beside a broken default host': `${MAP}
server { listen 443 ssl default_server; location / { proxy_pass http://127.0.0.1:1; } }
server { listen 443 ssl; server_name *.example; location /ws { ${PASSING} } }`,
    'beside a broken server on another port': `${MAP}
server { listen 80; location / { proxy_pass http://127.0.0.1:1; } }
server { listen 443 ssl; location /ws { ${PASSING} } }`,
    'with headers inherited from the server': `${MAP}
server { listen 443 ssl; ${PASSING.replace(/^.*\n/, '')} location /ws { proxy_pass http://127.0.0.1:3000; } }`,
    'by a location alone, with its map above': `${MAP}\nlocation /ws {\n  ${PASSING}\n}`,
    'with lines left out': `${MAP}\nserver { ...\n  ...\n  location /ws {\n  ${PASSING}\n  ...\n`,
    'by an expression that comes first': `${MAP}
server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:1; } location ~ ^/(ws|live)$ { ${PASSING} } }`,
  }
  for (const [how, config] of Object.entries(RIGHT)) {
    it(how, () => {
      const report = judge(config)
      assert.ok(isRuledOut(report, STRIPPED), JSON.stringify(report.verdicts))
    })
  }

  it('where the headers may be in a file that was not given', () => {
    const report = judge('server { listen 443 ssl; location /ws { include ws.conf; proxy_pass http://a; } }')
    assert.notEqual(verdictOn(report, STRIPPED)?.certainty, 'likely')
    assert.ok(!isRuledOut(report, STRIPPED))
    const note = report.warnings.find(({ id }) => id === 'nginx-configuration-incomplete')
    assert.match(note?.says ?? '', /ws\.conf.*nginx -T/)
  })
})

describe('a configuration that loses the upgrade is blamed, with its line', () => {
  const BROKEN: Record<string, [config: string, line: number, says: RegExp]> = {
    'two Upgrade lines': [
      `server {\n listen 443 ssl;\n location /ws {\n  ${PASSING}\n  proxy_set_header Upgrade websocket;\n }\n}`,
      6,
      /sends Upgrade as "websocket, websocket"/,
    ],
    'no header at all': ['location /ws {\n  proxy_pass http://a;\n}', 1, /sends no Upgrade header/],
    'headers of the server, dropped by one of the location': [
      `${MAP}\nserver {\n listen 443 ssl;\n proxy_set_header Upgrade $http_upgrade;\n proxy_set_header Connection $connection_upgrade;\n location /ws {\n  proxy_pass http://a;\n  proxy_set_header X-Me 1;\n }\n}`,
      11,
      /drops every proxy_set_header/,
    ],
    'Upgrade from the map for Connection': [
      `${MAP}\nserver {\n location /ws {\n  proxy_pass http://a;\n  proxy_set_header Upgrade $connection_upgrade;\n  proxy_set_header Connection $connection_upgrade;\n }\n}`,
      8,
      /sends Upgrade as "upgrade"/,
    ],
    'a map without the word': [
      `map $http_upgrade $connection_upgrade {\n  default close;\n}\n${`location /ws {\n  ${PASSING}\n}`}`,
      8,
      /sends Connection as "close"/,
    ],
  }
  for (const [how, [config, line, says]] of Object.entries(BROKEN)) {
    it(how, () => {
      const report = judge(config)
      const [first] = report.verdicts
      assert.deepEqual([report.outcome, first?.cause, first?.certainty], ['fault', STRIPPED, 'likely'])
      const reason = first?.because.find((because) => says.test(because.says))
      assert.equal(reason?.from, `proxy.config:${line}`)
      for (const text of [describeReport(report, { colour: false }), reportToMarkdown(report)]) {
        assert.match(text, new RegExp(`proxy\\.config:${line}\\b`))
      }
    })
  }

  const RULES = new URL('../../fixtures/nginx-rules/', import.meta.url)
  const rules = ['upgrade-header-missing', 'connection-header-missing', 'headers-not-inherited']
  for (const rule of rules) {
    for (const file of readdirSync(new URL(`${rule}/`, RULES))) {
      it(`as the linter says: ${rule}/${file}`, () => {
        const folder = new URL(`${rule}/`, RULES)
        const asked = { path: '/ws', host: 'app.example', port: 80 }
        const { judged } = lint(file, readerAt(folder), asked)
        const config = readFileSync(new URL(file, folder), 'utf8')
        const report = diagnose(
          parseEvidence({ target: { url: 'ws://app.example/ws' }, ...answered(426), proxy: { config } }),
        )
        const isBlamed = verdictOn(report, STRIPPED)?.certainty === 'likely'
        assert.equal(isBlamed, judged?.effective?.upgrade === false)
        assert.equal(isRuledOut(report, STRIPPED), judged?.effective?.upgrade === true)
      })
    }
  }
})

describe('what is no cause of this failure', () => {
  const SHORT = `${MAP}\nserver { listen 443 ssl; location /ws {\n  ${PASSING}\n } }`

  it('is a note, and a healthy connection stays healthy', () => {
    const report = judge(SHORT, opened)
    assert.deepEqual([report.outcome, report.verdicts], ['healthy', []])
    const note = report.warnings.find(({ id }) => id === 'nginx-read-timeout-short')
    assert.match(note?.says ?? '', /^nginx configuration, line 5: .* after 60 s/)
    for (const text of [describeReport(report, { colour: false }), reportToMarkdown(report)]) {
      assert.match(text, /line 5.*after 60 s/)
    }
  })

  it('is no note where pings come often enough', () => {
    const frames = [1000, 26_000, 51_000].map((ms) => ({ ms, opcode: 9, fin: true, length: 0 }))
    const report = judge(SHORT, { probe: { ...opened.probe, frames, end: { kind: 'open', ms: 60_000 } } })
    assert.ok(!report.warnings.some(({ id }) => id === 'nginx-read-timeout-short'))
  })

  it('is told once: as a reason, or as a note', () => {
    const report = judge('location /ws { proxy_pass http://a; }')
    const reasons = report.verdicts.flatMap(({ because }) => because.map(({ says }) => says))
    for (const { says } of report.warnings) assert.ok(!reasons.some((reason) => says.endsWith(reason)), says)
  })

  it('says so where the connection got through all the same', () => {
    const report = judge('location /ws { proxy_pass http://a; }', opened)
    assert.equal(report.outcome, 'healthy')
    assert.ok(report.warnings.some(({ id }) => id === 'nginx-configuration-not-in-force'))
    assert.ok(!report.warnings.some(({ says }) => /plain GET/.test(says)))
  })
})

describe('a configuration that nginx refuses', () => {
  const REFUSED = 'events {}\nhttp {\n server {\n  listen 443;\n  proxy_pass http://a;\n }\n}'

  it('is not in force: its settings say nothing, and the line is told', () => {
    const report = judge(REFUSED)
    assert.notEqual(verdictOn(report, STRIPPED)?.certainty, 'likely')
    const says = [...report.warnings, ...report.verdicts.flatMap(({ because }) => because)].map(
      (each) => each.says,
    )
    assert.ok(
      says.some((each) =>
        /refuses this configuration: "proxy_pass" directive is not allowed here/.test(each),
      ),
    )
  })
})

it('keeps names of files from acting in Markdown', () => {
  const dump =
    '# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp { include s/*; }\n# configuration file /etc/nginx/s/a`<img src=x>`.conf:\nserver { listen 80; location / { proxy_pass http://a; } }\n'
  const text = reportToMarkdown(judge(dump))
  assert.match(text, /`proxy\.config:s\/a__img_src_x__\.conf:1`/)
  assert.doesNotMatch(text, /[^\\]<img/)
})

it('answers by itself: the status is nginx’s own', () => {
  const report = judge('server { listen 443 ssl; location /ws { return 403; } }', answered(403))
  assert.equal(report.verdicts[0]?.cause, 'forbidden')
  assert.equal(verdictOn(report, 'path-not-found'), undefined)
  assert.ok(!isRuledOut(report, 'forbidden'))
})

it('a page in place of the socket is no endpoint at this path', () => {
  const spa = 'server {\n listen 443 ssl;\n root /srv;\n location / {\n  try_files $uri /index.html;\n }\n}'
  const [first] = judge(spa, answered(200)).verdicts
  assert.deepEqual([first?.cause, first?.certainty], ['path-not-found', 'likely'])
  assert.match(first?.because[0]?.from ?? '', /^proxy\.config:\d/)
})

it('a folder that try_files finds is answered with its page, and not passed on behind it', () => {
  const config =
    'server {\n listen 443 ssl;\n location /ws {\n  alias /srv/ui;\n  try_files $uri $uri/ @socket;\n }\n location @socket {\n  proxy_pass http://a;\n }\n}'
  const asked = { url: 'wss://app.example/ws/', page_origin: 'https://app.example' }
  const [first] = judge(config, { ...answered(200), target: asked }).verdicts
  assert.deepEqual([first?.cause, first?.certainty], ['path-not-found', 'likely'])
  assert.deepEqual(first?.because[0]?.from, 'proxy.config:5')
})

it('HTTP/2 to the backend loses the upgrade whatever the headers say', () => {
  for (const status of [200, 400, 404, 426]) {
    const report = judge(`location /ws { ${PASSING.replace('1.1', '2')} }`, answered(status))
    const [first] = report.verdicts
    assert.deepEqual([report.outcome, first?.cause], ['fault', 'upstream-http-version'], `${status}`)
  }
})

it('a template is not refused over what stands for values', () => {
  const config = `server {\n listen \${PORT};\n location /ws {\n  ${PASSING.replace('$connection_upgrade', '""')}\n }\n}`
  const report = judge(config)
  assert.equal(report.verdicts[0]?.cause, STRIPPED)
  assert.doesNotMatch(JSON.stringify(report), /refuses this configuration/)
})

it('an Origin that is passed on as it came was not rewritten', () => {
  const config = `location /ws { ${PASSING} proxy_set_header Origin $http_origin; }`
  assert.notEqual(verdictOn(judge(config, answered(403)), 'origin-rewritten')?.certainty, 'likely')
  const fixed = config.replace('$http_origin', 'https://backend.example')
  assert.equal(verdictOn(judge(fixed, answered(403)), 'origin-rewritten')?.certainty, 'likely')
})

it('is suspected alone, where nobody saw a connection', () => {
  const location = diagnose(
    parseEvidence({ proxy: { config: 'server { location /ws { proxy_pass http://a; } }' } }),
  )
  assert.equal(location.verdicts[0]?.cause, STRIPPED)
  const right = diagnose(parseEvidence({ proxy: { config: `location /ws { ${PASSING} }` } }))
  assert.deepEqual(right.verdicts, [])
})
