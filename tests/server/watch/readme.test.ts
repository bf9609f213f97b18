/** The README shows how a receiver verifies a notification: what it shows works. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { AT_THE_MACHINE } from '#server/probe/transport/address-guard.ts'
import { postWebhook } from '#server/watch/webhook.ts'
import { startReceiver } from '#tests/server/watch/support/receiver.ts'

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
const shown = /```js\n(.*?isFromWhy1006.*?)```/s.exec(readme)?.[1] ?? ''

test('the verification in the README takes what was signed, and nothing else', async () => {
  const { isFromWhy1006 } = await import(`data:text/javascript,${encodeURIComponent(shown)}`)
  for (const secret of ['any text', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']) {
    const receiver = await startReceiver()
    const hook = { url: new URL(receiver.url), secret, policy: AT_THE_MACHINE }
    await postWebhook(hook, { text: 'down' }, { signal: new AbortController().signal })
    receiver.close()
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    assert.equal(isFromWhy1006(headers, body, secret), true)
    assert.equal(isFromWhy1006(headers, `${body} `, secret), false)
    assert.equal(isFromWhy1006(headers, body, 'another'), false)
    assert.equal(isFromWhy1006({ ...headers, 'webhook-timestamp': '1' }, body, secret), false)
    assert.equal(isFromWhy1006({ ...headers, 'webhook-signature': undefined }, body, secret), false)
  }
})
