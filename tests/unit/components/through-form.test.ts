import assert from 'node:assert/strict'
import { test } from 'node:test'
import { triedWords } from '#components/live/this-connection/tried-words.ts'
import { emptyForm, readForm } from '#components/live/through/extras.ts'

test('an empty form asks for nothing', () => {
  assert.deepEqual(readForm(emptyForm), { ok: true, extras: {} })
})

test('headers, cookie, origin and certificates become an order', () => {
  const reading = readForm({
    ...emptyForm,
    origin: 'none',
    cookie: 'sid=1',
    headers: ' Authorization: Bearer x \n\nX-Room: 7\n',
    cert: 'CERT\n',
    key: 'KEY',
    passphrase: 'p',
    ca: 'CA',
    insecure: true,
  })
  assert.deepEqual(reading, {
    ok: true,
    extras: {
      origin: null,
      headers: ['Authorization: Bearer x', 'X-Room: 7', 'Cookie: sid=1'],
      client_certificate: { cert: 'CERT', key: 'KEY', passphrase: 'p' },
      ca: 'CA',
      insecure: true,
    },
  })
})

test('half a certificate and a line that is no header are refused', () => {
  const says = (change: object) => {
    const reading = readForm({ ...emptyForm, ...change })
    return reading.ok ? '' : reading.says
  }
  assert.match(says({ cert: 'x' }), /its key/)
  assert.match(says({ key: 'x' }), /a certificate/)
  assert.match(says({ headers: 'Authorization Bearer' }), /is not a header/)
})

test('the row says what was tried and what became of it', () => {
  assert.equal(triedWords(['/', '/ws'], true, true), '/, /ws did not open, this did')
  assert.equal(triedWords(['/'], false, true), '/ did not open')
  assert.equal(triedWords(['/', '/ws'], false, false), 'none opened: /, /ws')
})
