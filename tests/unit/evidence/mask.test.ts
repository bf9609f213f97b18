import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { createMasker, MASK, maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { amount, sampled } from '#tests/sampling.ts'
import { reportOf, truthCases } from '#tests/unit/diagnosis/truth.ts'
import { timed } from '#tests/unit/processor-time.ts'

const SECRET = 'S3cr3tValue0123456789'

const withHeader = (name: string, value: string): Evidence => ({
  probe: { http: { status: 101, headers: [[name, value]] } },
})
const headerOf = (evidence: Evidence) => evidence.probe?.http?.headers?.[0]?.[1]

describe('masking evidence', () => {
  for (const [name, value, expected] of [
    ['Set-Cookie', `sid=${SECRET}; Path=/; HttpOnly`, 'sid=***; Path=/; HttpOnly'],
    ['cookie', `a=${SECRET}; AWSALB=${SECRET}`, 'a=***; AWSALB=***'],
    ['Authorization', `Bearer ${SECRET}`, 'Bearer ***'],
    ['Authorization', SECRET, MASK],
    ['Proxy-Authorization', `Basic ${SECRET}==`, 'Basic ***'],
    ['X-Api-Key', SECRET, MASK],
    ['X-CSRF-Token', SECRET, MASK],
    [
      'Location',
      `https://login.example/?next=/&access_token=${SECRET}`,
      'https://login.example/?next=/&access_token=***',
    ],
    [
      'Sec-WebSocket-Protocol',
      `base64url.bearer.authorization.k8s.io.${SECRET}`,
      'base64url.bearer.authorization.k8s.io.***',
    ],
  ] as const) {
    it(`hides the value of ${name} and keeps what a cause may need: ${expected}`, () => {
      const masked = maskEvidence(withHeader(name, value))
      assert.equal(headerOf(masked), expected)
      assert.equal(JSON.stringify(masked).includes(SECRET), false)
      assert.equal(masked.masked?.length, 1)
    })
  }

  for (const [name, value] of [
    ['Server', 'nginx/1.22.1'],
    ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzhZRbK+xOo='],
    ['WWW-Authenticate', 'Basic realm="Members 2024"'],
    ['X-Request-Id', '0f6e1b9c-7c41-4a53-9a1c-2d7d0d5a8f10'],
  ] as const) {
    it(`leaves ${name} as it is`, () => {
      assert.deepEqual(maskEvidence(withHeader(name, value)), withHeader(name, value))
    })
  }

  for (const [text, expected] of [
    [`wss://a.example/ws?room=1&token=${SECRET}#x`, 'wss://a.example/ws?room=1&token=***#x'],
    [`/ws?X-Amz-Signature=${SECRET}&X-Amz-Expires=60`, '/ws?X-Amz-Signature=***&X-Amz-Expires=60'],
    [`wss://user:${SECRET}@a.example/ws`, 'wss://***@a.example/ws'],
    [`wss://${SECRET}@a.example/ws`, 'wss://***@a.example/ws'],
    [`GET /ws?sid=${SECRET} HTTP/1.1`, 'GET /ws?sid=*** HTTP/1.1'],
    [`{"type":"auth","token":"${SECRET}"}`, '{"type":"auth","token":"***"}'],
    [`"{\\"password\\":\\"${SECRET}\\"}"`, '"{\\"password\\":\\"***\\"}"'],
    [`curl -H 'Authorization: Bearer ${SECRET}' x`, "curl -H 'Authorization: Bearer ***' x"],
    [`sent eyJhbGciOiJIUzI1NiJ9.${SECRET}.${SECRET} twice`, 'sent eyJ*** twice'],
    [`proxy_set_header Authorization "Basic ${SECRET}";`, 'proxy_set_header Authorization "***";'],
    [`https://a.example/cb#access_token=${SECRET}&state=1`, 'https://a.example/cb#access_token=***&state=1'],
    [`{"name": "Authorization", "value": "Bearer ${SECRET}"}`, '{"name": "Authorization", "value": "***"}'],
    [`{"token":"a\\/b${SECRET}"}`, '{"token":"***"}'],
    [`DB_PASSWORD=${SECRET} NODE_ENV=production`, 'DB_PASSWORD=*** NODE_ENV=production'],
    [`level=info token=${SECRET} msg="opened"`, 'level=info token=*** msg="opened"'],
    [`  api_key: "${SECRET}"`, '  api_key: "***"'],
    [`aws AKIAIOSFODNN7EXAMPLE here`, 'aws AKIA*** here'],
    [`ghp_${'a1B2'.repeat(9)} pushed`, 'ghp_*** pushed'],
    [`https://hooks.slack.com/services/T0/B0/${SECRET}`, 'https://hooks.slack.com/services/***'],
    [
      `-----BEGIN RSA PRIVATE KEY-----\nMIIE${SECRET}\n-----END RSA PRIVATE KEY-----`,
      '-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----',
    ],
    [`curl -u admin:${SECRET} https://a.example`, 'curl -u *** https://a.example'],
  ] as const) {
    it(`masks ${expected} wherever it stands`, () => {
      assert.equal(maskText(text), expected)
      assert.equal(maskText(expected), expected, 'masking twice changes nothing')
    })
  }

  for (const text of [
    'sent as Basic authentication and kept out of the report',
    'proxy_set_header Authorization $http_authorization;',
    'close_code=1006, reason=, key=1',
    'https://github.com/a@b',
    'ws://127.0.0.1:9000/ws?room=7&trace=abc',
    'The token bucket of 10.0.0.1 is empty',
    'Unexpected token: expected a string',
    'session: closed, password: incorrect',
    'const token = getToken()',
    'docker run -u 1000:1000 image',
    'Socket.IO: Session ID unknown',
    'token_type=bearer12345 key=1',
  ]) {
    it(`leaves “${text}”`, () => assert.equal(maskText(text), text))
  }

  it('says what it masked, keeps what was said before, and the report tells it', () => {
    const once = maskEvidence({
      target: { url: `wss://a.example/?token=${SECRET}` },
      ...withHeader('Cookie', 'a=1'),
    })
    assert.deepEqual(once.masked?.toSorted(), ['header cookie', 'parameter token'])
    assert.deepEqual(maskEvidence(once), once)
    const warning = diagnose(once).warnings.find(({ id }) => id === 'secrets-masked')
    assert.match(warning?.says ?? '', /header cookie/)
    assert.equal(
      diagnose({}).warnings.some(({ id }) => id === 'secrets-masked'),
      false,
    )
  })

  it('is quick on texts made to be slow', () => {
    const { tookMs } = timed(() => {
      for (const unit of [
        '?',
        '?a',
        '://',
        '"token',
        'authorization',
        'eyJ',
        'Basic ',
        '&session_',
        'a://b',
        'token=',
        'password: ',
        'sk-',
        ' -u a:',
        '-----BEGIN PRIVATE KEY-----',
        'hooks.slack.com/services/',
        '"name":"cookie",',
      ]) {
        maskText(unit.repeat(amount(100_000, 20_000)))
      }
    })
    assert.ok(tookMs < amount(3000, 600))
  })

  it('finds a token behind a hyphen, between other words, and among many that almost are one', () => {
    const token = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`
    for (const before of ['', 'x-', 'a.b.', 'token-', 'eyJ.', 'eyJ-eyJ.', 'a.b.c.d.e.f.']) {
      const masked = maskText(`${before}${token}`)
      assert.ok(!masked.includes('bbb') && !masked.includes('ccc'), masked)
      assert.ok(masked.startsWith(before) && masked.includes(MASK), masked)
    }
    for (const text of [
      'eyJ',
      'eyJabc.de',
      'xeyJaaaaaaaaaaa.bbb',
      'eyJaaaaaaaaaaaa',
      'grey.JeyJson.example',
    ]) {
      assert.equal(maskText(text), text)
    }
    const { tookMs } = timed(() => {
      for (const unit of ['eyJ-', 'eyJ-.', 'a.', 'eyJaaaaaaaa.', '-eyJ', 'a-'])
        maskText(unit.repeat(amount(200_000, 40_000)))
    })
    assert.ok(tookMs < amount(3000, 600), `${tookMs} ms`)
  })

  it('takes a part that documents share once, and names its secrets', () => {
    const masker = createMasker()
    const http = { status: 403, headers: [['Set-Cookie', `sid=${SECRET}`]] as [string, string][] }
    let looks = 0
    const watched = new Proxy(http, {
      get: (target, key, receiver) => {
        if (key === 'headers') looks += 1
        return Reflect.get(target, key, receiver)
      },
    })
    const stage = masker.json({ type: 'stage', found: { http: watched } })
    const evidence = masker.evidence({ probe: { http: watched }, retries: [{ vary: {}, http: watched }] })
    assert.equal(looks, 1)
    assert.deepEqual(stage.found.http.headers, [['Set-Cookie', 'sid=***']])
    assert.deepEqual(evidence.probe?.http, stage.found.http)
    assert.deepEqual(evidence.masked, ['header set-cookie'])
  })

  it('bears a document that is nested too deep', () => {
    let nested: unknown = SECRET
    for (let depth = 0; depth < 5000; depth += 1) nested = [nested]
    assert.equal(JSON.stringify(maskEvidence({ nested } as Evidence)).includes(SECRET), false)
  })

  it('changes no verdict of the recorded failures', () => {
    for (const recorded of sampled(truthCases)) {
      const masked = maskEvidence(parseEvidence(recorded.evidence))
      const verdicts = (report: ReturnType<typeof diagnose>) =>
        report.verdicts.map(({ cause, certainty }) => `${cause} ${certainty}`)
      assert.deepEqual(verdicts(diagnose(masked)), verdicts(reportOf(recorded)), recorded.file)
    }
  })
})
