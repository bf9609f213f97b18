import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRecordingLink } from '#lib/api/recording-link.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'

const recording = {
  target: { url: 'wss://app.test/ws?token=***', subprotocols: [], page_origin: 'https://app.test' },
  browser: {
    events: [
      { ms: 12.5, type: 'open', protocol: '', extensions: '' },
      { ms: 60_020, type: 'close', code: 1006, reason: '', was_clean: false },
    ],
    online: true,
    user_agent: 'Mozilla/5.0 Firefox/153.0',
  },
}

const linkOf = (value: unknown): string =>
  `#evidence=${Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')}`

const refusalOf = (fragment: string): string => {
  const read = readRecordingLink(fragment)
  return read?.ok === false ? read.says : ''
}

test('a recording comes out of its link as it went in', () => {
  const read = readRecordingLink(linkOf(recording))
  assert.deepEqual(read, { ok: true, evidence: recording })
})

test('a fragment of something else is none of its business', () => {
  for (const other of ['', '#', '#verdict', '#evidenc=x']) assert.equal(readRecordingLink(other), undefined)
})

test('what a recorder cannot know is left out, so that a link cannot claim it', () => {
  const claimed = {
    ...recording,
    probe: { http: { status: 403 } },
    server: [{ type: 'close', code: 1011 }],
    proxy: { config: 'events {}' },
    browser: { ...recording.browser, console: ['made up'] },
  }
  const read = readRecordingLink(linkOf(claimed))
  assert.deepEqual(read, { ok: true, evidence: recording })
})

test('each way in which a link can be broken is said in a sentence of its own', () => {
  const whole = linkOf(recording)
  assert.match(refusalOf(whole.slice(0, -20)), /cut off or damaged/)
  assert.match(refusalOf('#evidence=%%%'), /cut off or damaged/)
  assert.match(refusalOf(linkOf('not json')), /cut off or damaged/)
  assert.match(
    refusalOf(`#evidence=${Buffer.from([0xff, 0xfe]).toString('base64url')}`),
    /cut off or damaged/,
  )
  assert.match(refusalOf(`#evidence=${'A'.repeat(70_000)}`), /longer than 64 KiB/)
  assert.match(refusalOf(linkOf({ target: {}, browser: { events: [] } })), /target\.url is missing/)
  assert.match(refusalOf(linkOf([])), /the document is missing or wrong/)
  assert.match(refusalOf(linkOf({ ...recording, browser: { events: 'many' } })), /browser\.events/)
  assert.match(refusalOf(linkOf('['.repeat(40_000))), /cut off or damaged/)
  const nested = `${'{"target":'.repeat(3000)}1${'}'.repeat(3000)}`
  assert.match(refusalOf(linkOf(nested)), /missing or wrong/)
})

test('any text after the hash is read or refused, and what is read can be judged', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.json().map(linkOf)), (text) => {
      const read = readRecordingLink(text)
      if (read?.ok) assert.ok(diagnose(read.evidence).outcome)
    }),
  )
})
