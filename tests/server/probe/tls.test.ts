/** Certificates and protocols that fail, each by the code that Node gives it, with the certificate beside it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { answer, rawServer } from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'
import { testCa, tlsServer } from '#tests/server/probe/support/tls-server.ts'

const QUICK = { watchMs: 20, ca: testCa() }

const FAILURES: [string, string, string][] = [
  ['a self-signed certificate', 'selfsigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['a missing intermediate', 'orphan', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['an expired certificate', 'expired', 'CERT_HAS_EXPIRED'],
  ['a certificate for another name', 'othername', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]

// Most of each test is waiting for a peer, so they wait side by side.
describe('TLS', { concurrency: true }, () => {
  for (const [name, certificate, code] of FAILURES) {
    test(`${name} ends the probe, and a retry shows what lies behind it`, async () => {
      const server = await tlsServer(certificate)
      const { probe, retries } = await runProbe(server.url, { ...QUICK, retries: true })
      await server.close()
      assert.equal(probe?.tls?.code, code)
      assert.deepEqual([probe?.end?.kind, probe?.end?.code], ['error', code])
      assert.ok(probe?.tls?.valid_to, 'the certificate that failed is shown')
      assert.equal(probe?.http, undefined, 'nothing is sent behind a failed check')
      assert.deepEqual(
        retries?.map(({ vary, status }) => [vary, status]),
        [[{ verify: false }, 101]],
      )
    })
  }

  test('a certificate of a given authority passes, with chain, names and dates', async () => {
    const server = await tlsServer('good')
    const { probe } = await runProbe(server.url, QUICK)
    await server.close()
    assert.equal(probe?.tls?.outcome, 'ok')
    assert.match(probe?.tls?.protocol ?? '', /^TLSv1\.[23]$/)
    assert.match(probe?.tls?.san ?? '', /DNS:localhost/)
    assert.equal(probe?.tls?.issuer, 'Test CA')
    assert.ok((probe?.tls?.valid_for_seconds ?? 0) > 0)
    assert.equal(probe?.http?.status, 101)
  })

  test('insecure goes on and says which check failed', async () => {
    const server = await tlsServer('selfsigned')
    const { probe } = await runProbe(server.url, { ...QUICK, insecure: true })
    await server.close()
    assert.deepEqual([probe?.tls?.outcome, probe?.tls?.unverified], ['ok', 'DEPTH_ZERO_SELF_SIGNED_CERT'])
    assert.equal(probe?.http?.status, 101)
  })

  test('a server of HTTP/2 alone refuses by ALPN, and is told apart from one without a common version', async () => {
    const server = await tlsServer('good', { ALPNProtocols: ['h2'] })
    const evidence = await runProbe(server.url, { ...QUICK, retries: true })
    await server.close()
    assert.match(evidence.probe?.tls?.code ?? '', /NO_APPLICATION_PROTOCOL/)
    const [first] = diagnose(evidence).verdicts
    assert.deepEqual([first?.cause, first?.certainty], ['tls-version-mismatch', 'proven'])
    assert.match(first?.fix.summary ?? '', /ALPN/)
  })

  test('a protocol too old for browsers is refused by its alert', async () => {
    // Level 0 lets OpenSSL speak TLS 1.1 at all, here on the server only.
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const
    const server = await tlsServer('good', old)
    const { probe } = await runProbe(server.url, QUICK)
    await server.close()
    assert.match(probe?.tls?.code ?? '', /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/)
  })

  test('a missing client certificate is a TLS failure, also where TLS 1.3 says so only afterwards', async () => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const wanted = { requestCert: true, rejectUnauthorized: true, ca: testCa(), maxVersion }
      const server = await tlsServer('good', wanted)
      const { probe } = await runProbe(server.url, QUICK)
      await server.close()
      assert.equal(probe?.tls?.outcome, 'error', maxVersion)
      assert.match(probe?.tls?.code ?? '', /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|ECONNRESET/, maxVersion)
    }
  })

  test('wss:// to a plain port that waits for more is tried as ws:// on the same port', async () => {
    const server = await rawServer((socket) => socket.end(answer('404 Not Found')))
    const url = server.url.replace('ws:', 'wss:')
    const { probe, retries } = await runProbe(url, {
      ...QUICK,
      budget: { stageMs: 1500, runMs: 10_000 },
      retries: true,
    })
    await server.close()
    assert.deepEqual([probe?.tls?.outcome, probe?.end?.kind], ['timeout', 'no_answer'])
    assert.deepEqual(
      retries?.map(({ vary, status }) => [vary, status]),
      [[{ scheme: 'ws' }, 404]],
    )
  })

  test('a plain port that answers a TLS hello with HTTP is called the wrong version', async () => {
    const server = await rawServer((socket) => socket.end(answer('400 Bad Request')), { onConnect: true })
    const { probe, retries } = await runProbe(server.url.replace('ws:', 'wss:'), { ...QUICK, retries: true })
    await server.close()
    assert.equal(probe?.tls?.code, 'ERR_SSL_WRONG_VERSION_NUMBER')
    assert.deepEqual(
      retries?.map(({ vary, status }) => [vary, status]),
      [[{ scheme: 'ws' }, 400]],
    )
  })
})
