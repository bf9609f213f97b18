import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { bodyText } from '#lib/facts/answer-text.ts'

const refusalWith = (status: number, body: string) =>
  diagnose({
    target: { url: 'wss://a.example/ws', subprotocols: ['chat'], page_origin: 'https://a.example' },
    probe: {
      dns: { outcome: 'ok', ms: 1 },
      tcp: { outcome: 'connected', ms: 1 },
      http: { status, version: '1.1', headers: [], body_start: body, ms: 3 },
      end: { kind: 'http_response', ms: 4 },
    },
  })

const offers = [
  { path: '/a', summary: 'Opens a connection with a client certificate; invalid ones are refused' },
  { path: '/b', summary: 'No subprotocol is required. The origin must be allowed.' },
  { path: '/c', summary: 'Rate limit exceeded: see HTTP/1.1, upgrade your plan, the token expired' },
]

test('what a refusal offers in place of the path is not its reason', () => {
  for (const status of [400, 401, 403, 404, 405, 426, 429, 500, 502, 503, 504]) {
    const said = ({ outcome, verdicts }: ReturnType<typeof refusalWith>) => ({
      outcome,
      causes: verdicts.map(({ cause, certainty }) => `${cause} ${certainty}`),
    })
    const plain = refusalWith(status, JSON.stringify({ error: 'no' }))
    const offering = refusalWith(status, JSON.stringify({ error: 'no', routes: offers }))
    assert.deepEqual(said(offering), said(plain), `${status}`)
  }
})

test('a reason is heard however deep it stands, and where the body was cut off', () => {
  assert.match(
    bodyText({ body_start: '{"error":{"message":"Origin not allowed"},"docs":{"a":"b"}}' }),
    /Origin/,
  )
  assert.match(bodyText({ body_start: '{"errors":[{"detail":"missing \\"token\\""}]}' }), /token/)
  assert.equal(bodyText({ body_start: '{"error":"no","routes":[{"path":"/or' }), '{"error":"no","routes":')
  assert.equal(bodyText({ body_start: '{"error":"no route {x' }), '{"error":"no route {x')
})
