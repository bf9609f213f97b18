import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

/** What clients print, and the command of the fix that asks for the server that they name. */
const lines: readonly (readonly [line: string, command: string])[] = [
  ['Error: getaddrinfo ENOTFOUND api.app.example', 'getent hosts api.app.example'],
  [
    "SocketException: Failed host lookup: 'api.app.example' (OS Error: No address associated with hostname, errno = 7)",
    'getent hosts api.app.example',
  ],
  ['dial tcp: lookup api.app.example on 10.0.0.2:53: no such host', 'getent hosts api.app.example'],
  ['curl: (6) Could not resolve host: api.app.example', 'getent hosts api.app.example'],
  [
    'java.net.UnknownHostException: api.app.example: Name or service not known',
    'getent hosts api.app.example',
  ],
  [
    "Error: Hostname/IP does not match certificate's altnames: Host: api.app.example. is not in the cert's altnames: DNS:app.example",
    '-servername api.app.example',
  ],
  [
    'tls: failed to verify certificate: x509: certificate is valid for app.example, www.app.example, not api.app.example',
    '-servername api.app.example',
  ],
  [
    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'api.app.example'. (_ssl.c:1006)",
    '-servername api.app.example',
  ],
  ['Error: connect ECONNREFUSED 127.0.0.1:8080', 'sport = :8080'],
  ['dial tcp 192.0.2.7:8080: connect: connection refused', 'sport = :8080'],
]

describe('the server that a client’s line names', () => {
  for (const [line, command] of lines) {
    it(`is in the command: ${line}`, () => {
      const [verdict] = readAndJudge({ text: line }).report.verdicts
      const commands = verdict?.fix.changes.map(({ text }) => text) ?? []
      assert.ok(
        commands.some((text) => text.includes(command)),
        JSON.stringify(verdict?.fix),
      )
    })
  }
})
