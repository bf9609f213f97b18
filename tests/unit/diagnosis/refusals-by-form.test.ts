/** Refusals that a library writes in a form of its own: the form names it where no word does. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'

type Answer = { status: number; status_text?: string; headers?: [string, string][]; body_start?: string }

const URL_ASKED = 'ws://app.example/ws'
const OWN = 'http://app.example'
const GO: [string, string][] = [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['X-Content-Type-Options', 'nosniff'],
]
const GORILLA: [string, string][] = [...GO, ['Sec-Websocket-Version', '13']]

function refused(answer: Answer, retries: unknown[] = []): Evidence {
  return parseEvidence({
    target: { url: URL_ASKED, page_origin: OWN, subprotocols: [] },
    probe: { origin: OWN, tcp: { outcome: 'connected', ms: 1 }, http: { headers: [], ms: 2, ...answer } },
    retries,
  })
}

const opened = { status: 101, checks: { accept: true }, end: { kind: 'open', ms: 200 } }

function first(evidence: Evidence): { cause: string; said: string } {
  const [verdict] = diagnose(evidence).verdicts
  assert.ok(verdict)
  return { cause: verdict.cause, said: JSON.stringify([verdict.because, verdict.fix]) }
}

const CASES: readonly [string, Evidence, string, RegExp][] = [
  [
    'gorilla could not take the connection over',
    refused({ status: 500, headers: GORILLA, body_start: 'Internal Server Error\n' }),
    'server-error',
    /http\.Hijacker/,
  ],
  [
    'coder/websocket could not',
    refused({ status: 501, headers: GO, body_start: 'Not Implemented\n' }),
    'server-error',
    /http\.Hijacker/,
  ],
  [
    'gorilla compares Origin with the Host that nginx made of it',
    refused({ status: 403, headers: [...GORILLA, ['Server', 'nginx']], body_start: 'Forbidden\n' }, [
      { vary: { origin: null }, ...opened },
    ]),
    'origin-rewritten',
    /proxy_set_header Host/,
  ],
  [
    'without a proxy it is a list of its own',
    refused({ status: 403, headers: GORILLA, body_start: 'Forbidden\n' }, [
      { vary: { origin: null }, ...opened },
    ]),
    'origin-rejected',
    /CheckOrigin/,
  ],
  [
    'daphne refuses with a status line alone',
    refused({ status: 403, status_text: 'Access denied' }, [
      { vary: { origin: 'https://other.example' }, ...opened },
    ]),
    'origin-rejected',
    /ALLOWED_HOSTS/,
  ],
  [
    'Autobahn gives its reason in the status line',
    refused({
      status: 400,
      status_text: `WebSocket connection denied: origin '${OWN}' not allowed`,
    }),
    'origin-rejected',
    /allowedOrigins/,
  ],
  [
    'a reason there that speaks of the subprotocol',
    refused({ status: 400, status_text: 'subprotocol chat is required' }),
    'subprotocol-mismatch',
    /subprotocol chat is required/,
  ],
  [
    'and one in the body',
    refused({ status: 400, status_text: 'Bad Request', body_start: 'Unsupported sub-protocol' }),
    'subprotocol-mismatch',
    /Unsupported sub-protocol/,
  ],
  [
    'gunicorn’s page for an exception names no server',
    refused({ status: 500, body_start: '<html><body><h1><p>Internal Server Error</p></h1></body></html>' }),
    'server-without-websocket',
    /ASGI/,
  ],
]

describe('refusals by their form', () => {
  for (const [name, evidence, cause, says] of CASES)
    it(name, () => {
      const found = first(evidence)
      assert.equal(found.cause, cause)
      assert.match(found.said, says)
    })

  it('a close reason about the subprotocol is no broken frame', () => {
    const { verdicts } = diagnose(
      parseEvidence({
        target: { url: URL_ASKED, page_origin: OWN, subprotocols: [] },
        probe: {
          origin: OWN,
          tcp: { outcome: 'connected', ms: 1 },
          http: { status: 101, headers: [], ms: 2 },
          checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
          end: { kind: 'close_frame', code: 1002, reason: 'subprotocol required', by: 'peer', ms: 9 },
        },
      }),
    )
    assert.equal(verdicts[0]?.cause, 'subprotocol-mismatch')
    assert.ok(
      !verdicts.some(({ cause, certainty }) => cause === 'protocol-error' && certainty !== 'possible'),
    )
  })

  it('a page for an exception after the 101 is no second handler', () => {
    const { verdicts } = diagnose(
      parseEvidence({
        target: { url: URL_ASKED, page_origin: OWN, subprotocols: [] },
        probe: {
          origin: OWN,
          tcp: { outcome: 'connected', ms: 1 },
          http: { status: 101, headers: [], ms: 2 },
          checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
          frames: [{ ms: 3, fin: false, rsv: 4, opcode: 8, length: 84, masked: false }],
          not_frames: { ms: 3, text_start: 'HTTP/1.1 500 Internal Server Error\r\n' },
          end: { kind: 'fin', ms: 9 },
        },
      }),
    )
    assert.equal(verdicts[0]?.cause, 'backend-dropped')
  })
})
