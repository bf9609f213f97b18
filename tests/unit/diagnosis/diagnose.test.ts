import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import { type Cause, decisive, likely, possible, proven, ruledOut, say, strong } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

const lostSilently = parseEvidence({
  browser: {
    events: [
      { ms: 9, type: 'open' },
      { ms: 60_020, type: 'close', code: 1006, reason: '', was_clean: false },
    ],
    console: [],
  },
})

const template = causeOf('idle-timeout')
assert.ok(template)
const fake = (id: string, test: Cause['test']): Cause => ({ ...template, id, signals: () => [], test })
const because = say('so it is', 'browser.events[0]')

describe('proven', () => {
  it('excludes what is merely possible', () => {
    const report = diagnose(lostSilently, [
      fake('a', () => proven(because)),
      fake('b', () => possible(because)),
    ])
    assert.deepEqual(
      report.verdicts.map(({ cause, certainty }) => [cause, certainty]),
      [['a', 'proven']],
    )
    assert.deepEqual(report.ruled_out, [{ cause: 'b', because: [because], plausible: true }])
    assert.deepEqual(report.missing, [])
  })

  it('is lowered when another cause is likely', () => {
    const report = diagnose(lostSilently, [
      fake('a', () => proven(because)),
      fake('b', () => likely(because)),
    ])
    assert.ok(report.verdicts.every(({ certainty }) => certainty === 'likely'))
  })

  it('is lowered when another cause claims it too, and neither is ahead', () => {
    const report = diagnose(lostSilently, [
      fake('a', () => proven(because)),
      fake('b', () => proven(because)),
    ])
    assert.equal(report.outcome, 'undetermined')
    assert.ok(report.verdicts.every(({ certainty }) => certainty === 'likely'))
  })

  it('is lowered when a test failed that might have objected', () => {
    const broken = fake('b', () => {
      throw new Error('no such thing')
    })
    const report = diagnose(lostSilently, [fake('a', () => proven(because)), broken])
    assert.equal(report.verdicts[0]?.certainty, 'likely')
  })
})

describe('a cause that throws', () => {
  it('becomes a failed check, and the others stand', () => {
    const broken = fake('broken', () => {
      throw new TypeError('x is undefined')
    })
    const report = diagnose(lostSilently, [broken, ...catalogue])
    assert.deepEqual(report.failed_checks, [{ cause: 'broken', error: 'x is undefined' }])
    assert.equal(report.verdicts[0]?.cause, 'idle-timeout')
  })

  it('costs only its fix when that is what throws', () => {
    const cause = fake('a', () => likely(because))
    const broken: Cause = {
      ...cause,
      fix: () => {
        throw new Error('no address')
      },
    }
    assert.equal(diagnose(lostSilently, [broken]).verdicts[0]?.fix.summary, cause.title)
  })
})

describe('signals', () => {
  const lost = fake('lost', (_, { own, others }) =>
    others.some(({ strength }) => strength === 'decisive')
      ? ruledOut(because)
      : likely(because, ...own.map((s) => s.because)),
  )

  it('reach their own cause as its own, and every other as another’s', () => {
    const seen: Record<string, [string[], string[]]> = {}
    const says = (signals: readonly { because: { says: string } }[]) => signals.map((s) => s.because.says)
    const cause = (id: string): Cause => ({
      ...fake(id, (_, { own, others }) => {
        seen[id] = [says(own), says(others)]
        return possible(because)
      }),
      signals: () => [strong(say(sentence`for ${id}`, 'server'))],
    })
    diagnose(lostSilently, [cause('a'), cause('b')])
    assert.deepEqual(seen, { a: [['for a'], ['for b']], b: [['for b'], ['for a']] })
  })

  it('of a cause that the ending rules out speak against no other', () => {
    const elsewhere: Cause = {
      ...fake('elsewhere', () => likely(because)),
      endings: ['tls'],
      signals: () => [decisive(because)],
    }
    const { verdicts, ruled_out } = diagnose(lostSilently, [lost, elsewhere])
    assert.deepEqual(
      verdicts.map(({ cause, certainty }) => [cause, certainty]),
      [['lost', 'likely']],
    )
    assert.deepEqual(
      ruled_out.map(({ cause }) => cause),
      ['elsewhere'],
    )
  })

  it('of a cause that its own test rules out speak against no other', () => {
    const refuted: Cause = { ...fake('refuted', () => ruledOut(because)), signals: () => [decisive(because)] }
    const { verdicts } = diagnose(lostSilently, [lost, refuted])
    assert.deepEqual(
      verdicts.map(({ cause, certainty }) => [cause, certainty]),
      [['lost', 'likely']],
    )
  })

  it('that cannot be told leave their cause untested, and nothing proven that they might speak against', () => {
    const broken: Cause = {
      ...fake('broken', () => likely(because)),
      signals: () => {
        throw new TypeError('x is undefined')
      },
    }
    const report = diagnose(lostSilently, [fake('a', () => proven(because)), broken])
    assert.deepEqual(report.failed_checks, [{ cause: 'broken', error: 'x is undefined' }])
    assert.deepEqual(
      report.verdicts.map(({ cause, certainty }) => [cause, certainty]),
      [['a', 'likely']],
    )
  })
})

describe('missing observations', () => {
  it('come in the order of how much they would settle', () => {
    const counts = diagnose(lostSilently).missing.map(({ would_settle }) => would_settle.length)
    assert.ok(counts.length > 1)
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    )
  })

  it('are never those that are there', () => {
    assert.ok(!diagnose(lostSilently).missing.some(({ observation }) => observation.startsWith('browser')))
  })
})

describe('fingerprints', () => {
  it('name everybody whose timer fits, and say so', () => {
    const [first] = diagnose(lostSilently).verdicts
    const says = first?.because.map((reason) => reason.says).join(' ') ?? ''
    assert.match(says, /60 s of silence/)
    assert.match(says, /nginx/)
    assert.match(says, /AWS/)
  })

  it('point out the hop that a response header shows', () => {
    const probe = {
      http: { status: 101, headers: [['Server', 'nginx/1.27.4']], ms: 3 },
      checks: { accept: true, upgrade: true, connection: true },
      frames: [],
      end: { kind: 'fin', ms: 60_010 },
    }
    const [first] = diagnose(parseEvidence({ probe })).verdicts
    assert.match(
      first?.because.map((reason) => reason.says).join(' ') ?? '',
      /header shows that nginx was passed/,
    )
  })
})

describe('the three histograms', () => {
  const peers = (closed: (n: number) => { opened_ms: number; last_byte_ms: number; closed_ms: number }) => ({
    peers: Array.from({ length: 20 }, (_, n) => ({ ...closed(n), code: 1006 })),
  })
  const leading = (evidence: object) => {
    const { verdicts } = diagnose(parseEvidence(evidence))
    return verdicts.filter(({ certainty }) => certainty !== 'possible').map(({ cause }) => cause)
  }

  it('tell an idle timer: the same silence at different ages', () => {
    const found = leading(
      peers((n) => {
        const opened_ms = n * 7919
        const last_byte_ms = opened_ms + n * n * 1300
        return { opened_ms, last_byte_ms, closed_ms: last_byte_ms + 60_000 + n }
      }),
    )
    assert.deepEqual(found, ['idle-timeout'])
  })

  it('tell a lifetime: the same age after different silences', () => {
    const found = leading(
      peers((n) => {
        const opened_ms = n * 7919
        return {
          opened_ms,
          last_byte_ms: opened_ms + 300_000 - n * n * 500,
          closed_ms: opened_ms + 300_000 + n,
        }
      }),
    )
    assert.deepEqual(found, ['max-lifetime'])
  })

  it('tell a lifetime where beats are regular: the silence before the end had been lived through before', () => {
    const found = leading({
      ...peers((n) => {
        const opened_ms = n * 1203
        return { opened_ms, last_byte_ms: opened_ms + 4270 + (n % 3), closed_ms: opened_ms + 6003 + (n % 5) }
      }),
      browser: {
        events: [
          { ms: 31, type: 'open' },
          { ms: 40, type: 'message', length: 406 },
          { ms: 2026, type: 'message', length: 123 },
          { ms: 4032, type: 'message', length: 123 },
          { ms: 6009, type: 'close', code: 1006, reason: '', was_clean: false },
        ],
      },
    })
    assert.deepEqual(found, ['max-lifetime'])
  })

  it('leave age and silence open where nothing was sent, and say of each what speaks for it', () => {
    const evidence = peers((n) => ({
      opened_ms: n * 7919,
      last_byte_ms: n * 7919,
      closed_ms: n * 7919 + 60_000 + n,
    }))
    assert.deepEqual(leading(evidence).toSorted(), ['idle-timeout', 'max-lifetime'])
    const text = describeReport(diagnose(parseEvidence(evidence)), { colour: false })
    assert.match(text, /\(idle-timeout\): likely\n {2}- .* after the same silence \[peers\]/)
    assert.match(text, /\(max-lifetime\): likely\n {2}- .* at the same age \[peers\]/)
  })

  it('tell a restart: one moment at different ages and silences', () => {
    const found = leading(
      peers((n) => ({
        opened_ms: n * n * 1733,
        last_byte_ms: 800_000 - n * n * 211,
        closed_ms: 900_000 + n * 9,
      })),
    )
    assert.equal(found[0], 'proxy-restart')
  })
})

describe('without any evidence', () => {
  it('accuses nobody and asks for everything', () => {
    const report = diagnose(parseEvidence({}))
    assert.equal(report.outcome, 'undetermined')
    assert.deepEqual([report.verdicts, report.ruled_out], [[], []])
    assert.ok(report.missing.length > 5)
  })
})

describe('warnings', () => {
  it('say that a foreign origin is accepted, and leave the outcome alone', () => {
    const probe = {
      http: { status: 101, headers: [], ms: 3 },
      checks: { accept: true, upgrade: true, connection: true },
      frames: [],
      end: { kind: 'open', ms: 3000 },
    }
    const retries = [{ vary: { origin: 'https://evil.example' }, status: 101 }]
    const report = diagnose(parseEvidence({ target: { page_origin: 'https://a.example' }, probe, retries }))
    assert.equal(report.outcome, 'healthy')
    assert.deepEqual(
      report.warnings.map(({ id }) => id),
      ['any-origin-accepted'],
    )
  })
})
