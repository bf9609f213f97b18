import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { AT_THE_MACHINE, NOTHING_ALLOWED } from '#server/probe/transport/address-guard.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { postWebhook, readWebhookUrl, signatureOf } from '#server/watch/webhook.ts'
import { startReceiver } from '#tests/server/watch/support/receiver.ts'

const tools = { signal: new AbortController().signal, waitsMs: [1, 1] }
const hook = (url: string) => ({ url: readWebhookUrl(url), policy: AT_THE_MACHINE })

test('the signature is the one of the specification of Standard Webhooks', () => {
  // The example of its own libraries' tests.
  const signature = signatureOf(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  )
  assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('one POST, signed over its id, its moment and its body', async () => {
  const receiver = await startReceiver()
  assert.equal(
    await postWebhook({ ...hook(receiver.url), secret: 'any text' }, { text: 'é\n' }, tools),
    undefined,
  )
  receiver.close()
  const [{ headers, body, path } = { headers: {}, body: '', path: '' }] = receiver.received
  assert.deepEqual(
    [receiver.received.length, path, headers['content-type']],
    [1, '/hook?token=s3cr3t', 'application/json'],
  )
  assert.deepEqual(JSON.parse(body), { text: 'é\n' })
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  assert.equal(
    headers['webhook-signature'],
    `v1,${createHmac('sha256', 'any text').update(signed).digest('base64')}`,
  )
})

test('without a secret it goes out without a signature', async () => {
  const receiver = await startReceiver()
  await postWebhook(hook(receiver.url), {}, tools)
  receiver.close()
  assert.equal(receiver.received[0]?.headers['webhook-signature'], undefined)
})

test('an endpoint that fails is tried again with the same id, three times in all', async () => {
  const receiver = await startReceiver((number) => (number < 2 ? 503 : 200))
  assert.equal(await postWebhook(hook(receiver.url), {}, tools), undefined)
  assert.equal(receiver.received.length, 3)
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  receiver.close()
  const failing = await startReceiver(() => 500)
  assert.match((await postWebhook(hook(failing.url), {}, tools)) ?? '', /^127\.0\.0\.1:\d+ answered 500\.$/)
  assert.equal(failing.received.length, 3)
  failing.close()
})

test('what it refuses for good, a redirect too, is not tried again', async () => {
  for (const status of [401, 404, 410, 302]) {
    const receiver = await startReceiver(() => status)
    assert.match((await postWebhook(hook(receiver.url), {}, tools)) ?? '', new RegExp(`answered ${status}`))
    assert.equal(receiver.received.length, 1, String(status))
    receiver.close()
  }
})

test('one that says nothing, and one that is not there, are told as they are', async () => {
  const silent = await startReceiver(() => undefined)
  const problem = await postWebhook(hook(silent.url), {}, { ...tools, attemptMs: 60, waitsMs: [] })
  silent.close()
  assert.match(problem ?? '', /did not answer within 0\.06 s\.$/)
  const gone = await postWebhook(hook(silent.url), {}, tools)
  assert.match(gone ?? '', /could not be reached \(ECONNREFUSED\)\.$/)
})

test('it goes where a probe may go, and nowhere else', async () => {
  for (const url of ['http://169.254.169.254/latest/', 'http://[fd00:ec2::254]/', 'http://0.0.0.0:80/']) {
    assert.match((await postWebhook(hook(url), {}, tools)) ?? '', /never connects to those/, url)
  }
  const receiver = await startReceiver()
  const remote = { caller: 'remote', allow: NOTHING_ALLOWED } as const
  const problem = await postWebhook({ url: new URL(receiver.url), policy: remote }, {}, tools)
  receiver.close()
  assert.match(problem ?? '', /loopback address/)
  assert.equal(receiver.received.length, 0)
})

test('what is no http or https URL is refused before', () => {
  for (const url of ['ftp://hooks.example/', 'hooks.example', 'file:///etc/passwd', '']) {
    assert.throws(() => readWebhookUrl(url), ProbeRefusal, url)
  }
})
