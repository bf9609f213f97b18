/** How far an attempt came and how it ended, from what was noted of its stages. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  isLost,
  isPongDue,
  type OpenEnd,
  outcomeOfProbe,
  outcomeOfRetry,
  tcpOutcomeOf,
} from '#lib/evidence/probe-outcome.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'

const dns = { outcome: 'ok' }
const tcp = { outcome: 'connected' }
const CONNECTED: ProbeEvidence = { dns, tcp }
const SWITCHED: ProbeEvidence = {
  ...CONNECTED,
  http: { status: 101, ms: 9 },
  checks: { accept: true, subprotocol: null },
  frames: [],
}

const outcomeOf = (probe: ProbeEvidence) => {
  const { ms: _, ...outcome } = outcomeOfProbe(probe)
  return outcome
}
const endOf = (probe: ProbeEvidence): OpenEnd | undefined => {
  const outcome = outcomeOfProbe(probe)
  return outcome.stage === 'open' ? outcome.end : undefined
}

describe('where an attempt failed', () => {
  it('is the first stage that says so, with its code', () => {
    assert.deepEqual(outcomeOf({ dns: { outcome: 'error', code: 'ENOTFOUND' } }), {
      stage: 'dns',
      code: 'ENOTFOUND',
    })
    assert.deepEqual(outcomeOf({ dns, tcp: { outcome: 'refused', code: 'ECONNREFUSED' } }), {
      stage: 'tcp',
      how: 'refused',
      code: 'ECONNREFUSED',
    })
    assert.deepEqual(outcomeOf({ ...CONNECTED, tls: { outcome: 'error', code: 'CERT_HAS_EXPIRED' } }), {
      stage: 'tls',
      how: 'error',
      code: 'CERT_HAS_EXPIRED',
      message: '',
    })
    assert.deepEqual(outcomeOf({ ...CONNECTED, http: { status: 403 }, end: { kind: 'http_response' } }), {
      stage: 'answer',
      status: 403,
    })
    assert.deepEqual(outcomeOf({ ...SWITCHED, checks: { accept: false, subprotocol: false } }), {
      stage: 'checks',
      failed: ['accept', 'subprotocol'],
      repeated: [],
    })
  })

  it('is told apart where no answer came', () => {
    const how = (end: ProbeEvidence['end'], http?: ProbeEvidence['http']) => {
      const outcome = outcomeOfProbe({ ...CONNECTED, http, end })
      return outcome.stage === 'handshake' && outcome.how
    }
    assert.equal(how({ kind: 'no_answer' }), 'silence')
    assert.equal(how({ kind: 'fin' }), 'closed')
    assert.equal(how({ kind: 'rst' }), 'reset')
    assert.equal(how({ kind: 'error', code: 'ECONNRESET' }), 'reset')
    assert.equal(how({ kind: 'error', code: 'HPE_HEADER_OVERFLOW' }), 'error')
    assert.equal(how({ kind: 'fin' }, { not_http: true, body_start: 'SSH-2.0' }), 'not-http')
  })

  it('is TLS where TLS stayed silent or was hung up on, not where it failed with an error of its own', () => {
    const how = (tls: ProbeEvidence['tls'], end: ProbeEvidence['end']) => {
      const outcome = outcomeOfProbe({ ...CONNECTED, tls, end })
      return outcome.stage === 'tls' && outcome.how
    }
    assert.equal(how({ outcome: 'timeout' }, { kind: 'no_answer' }), 'silence')
    assert.equal(how({ outcome: 'error', code: 'ECONNRESET' }, { kind: 'fin' }), 'closed')
    assert.equal(how({ outcome: 'error', code: 'CERT_HAS_EXPIRED' }, { kind: 'no_answer' }), 'error')
  })

  it('is read from the end where the stages were not kept', () => {
    assert.equal(outcomeOf({ end: { kind: 'error', code: 'ENOTFOUND' } }).stage, 'dns')
    assert.equal(outcomeOf({ dns, end: { kind: 'error', code: 'ECONNREFUSED' } }).stage, 'tcp')
  })

  it('is not known while it is under way, nor from an interim answer alone', () => {
    for (const probe of [{}, { dns }, CONNECTED, { ...CONNECTED, http: { status: 103 } }]) {
      assert.deepEqual(outcomeOf(probe), { stage: 'unfinished' })
    }
    assert.equal(
      outcomeOf({ ...CONNECTED, http: { status: 100 }, end: { kind: 'no_answer' } }).stage,
      'handshake',
    )
  })
})

describe('an opened connection', () => {
  it('opens with 200 over HTTP/2 where frames followed', () => {
    const multiplexed = { ...SWITCHED, http: { status: 200, version: '2' } }
    assert.equal(outcomeOf(multiplexed).stage, 'open')
    assert.equal(outcomeOf({ ...multiplexed, frames: undefined }).stage, 'answer')
  })

  it('ends in one way', () => {
    const kindOf = (end: ProbeEvidence['end']) => endOf({ ...SWITCHED, end })?.kind
    assert.equal(kindOf(undefined), 'unseen')
    assert.equal(kindOf({ kind: 'open' }), 'open')
    assert.equal(kindOf({ kind: 'open', stopped: 'too-much-data' }), 'left')
    assert.equal(kindOf({ kind: 'rst' }), 'rst')
    assert.equal(kindOf({ kind: 'error', code: 'ECONNRESET' }), 'rst')
    assert.deepEqual(endOf({ ...SWITCHED, end: { kind: 'close_frame', by: 'probe' } }), {
      kind: 'close',
      code: 1005,
      reason: '',
      tcp: '',
      by: 'probe',
    })
  })

  it('is lost when the peer ended it or broke the protocol, not when the probe closed it', () => {
    const lost = (end: ProbeEvidence['end'], frames: ProbeEvidence['frames'] = []) =>
      isLost(endOf({ ...SWITCHED, frames, end }) ?? { kind: 'unseen' })
    assert.equal(lost({ kind: 'fin' }), true)
    assert.equal(lost({ kind: 'close_frame', code: 1001 }), true)
    assert.equal(lost({ kind: 'open' }, [{ opcode: 1, masked: true }]), true)
    assert.equal(lost({ kind: 'close_frame', code: 1000, by: 'probe' }), false)
    assert.equal(lost({ kind: 'open' }), false)
  })

  it('names the frame that broke the protocol, and what the wire did then', () => {
    const frames = [
      { opcode: 1, fin: false, length: 2 },
      { ms: 70, opcode: 2, fin: true, length: 2 },
    ]
    const end = endOf({ ...SWITCHED, frames, end: { kind: 'fin' } })
    assert.ok(end?.kind === 'violation')
    const { from, ms, says } = end.violation
    assert.deepEqual([from, ms, end.then], ['probe.frames[1]', 70, { kind: 'fin' }])
    assert.match(says, /RFC 6455 §5\.4/)
  })

  it('breaks the protocol by a close code that must not be sent, but not by a compressed frame that was agreed', () => {
    assert.equal(endOf({ ...SWITCHED, end: { kind: 'close_frame', code: 1006 } })?.kind, 'violation')
    const compressed = { ...SWITCHED, frames: [{ opcode: 1, rsv: 4 }], end: { kind: 'open' } }
    const agreed: [string, string][] = [['Sec-WebSocket-Extensions', 'permessage-deflate']]
    assert.equal(endOf(compressed)?.kind, 'violation')
    assert.equal(endOf({ ...compressed, http: { status: 101, headers: agreed } })?.kind, 'open')
  })

  it('breaks the protocol by a length in more bytes than it needs, as browsers find', () => {
    const frames = [{ opcode: 1, fin: true, length: 2 }]
    const end = { kind: 'open' }
    assert.equal(endOf({ ...SWITCHED, frames, end })?.kind, 'open')
    const padded = frames.map((frame) => ({ ...frame, minimal: false }))
    assert.equal(endOf({ ...SWITCHED, frames: padded, end })?.kind, 'violation')
  })

  it('owes a pong unless it was ended within a second', () => {
    const due = (end: ProbeEvidence['end']) => isPongDue({ ...SWITCHED, end })
    assert.deepEqual(
      [{ kind: 'fin', ms: 500 }, { kind: 'fin', ms: 1500 }, { kind: 'open', ms: 500 }, undefined].map(due),
      [false, true, true, true],
    )
  })
})

describe('a retry', () => {
  const stageOf = (retry: Partial<RetryEvidence>) => {
    const outcome = outcomeOfRetry({ vary: {}, ...retry })
    return 'how' in outcome ? `${outcome.stage} ${outcome.how}` : outcome.stage
  }

  it('ends like any attempt, as far as was kept of it', () => {
    assert.equal(stageOf({ status: 101 }), 'open')
    assert.equal(stageOf({ status: 101, checks: { subprotocol: false } }), 'checks')
    assert.equal(stageOf({ status: 403 }), 'answer')
    assert.equal(stageOf({ not_http: 'SSH-2.0', end: { kind: 'fin' } }), 'handshake not-http')
    assert.equal(stageOf({ end: { kind: 'fin' } }), 'handshake closed')
    assert.equal(stageOf({ failed: { stage: 'dns', code: 'ENOTFOUND' } }), 'dns')
    assert.equal(stageOf({ failed: { stage: 'tcp', code: 'ECONNREFUSED' } }), 'tcp refused')
    assert.equal(stageOf({ failed: { stage: 'tcp', code: 'timeout' } }), 'tcp timeout')
    assert.equal(stageOf({ failed: { stage: 'tls', code: 'timeout' } }), 'tls silence')
    assert.equal(stageOf({ failed: { stage: 'tls', code: 'CERT_HAS_EXPIRED' } }), 'tls error')
    assert.equal(stageOf({ refused: 'link-local addresses are not probed' }), 'unmade')
    assert.equal(stageOf({}), 'unfinished')
  })
})

it('codes of a failed connection are sorted into what a person would call them', () => {
  assert.deepEqual(
    ['ECONNREFUSED', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EMFILE'].map(tcpOutcomeOf),
    ['refused', 'timeout', 'unreachable', 'unreachable', 'unreachable', 'error'],
  )
})
