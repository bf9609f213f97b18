import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Meaning } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'
import { systemErrorOf } from '#lib/words/system-words.ts'

const MEANS: readonly [string, Meaning][] = [
  ['{error,{shutdown,econnrefused}}', 'refused'],
  ['%Custom.Error{reason: :etimedout}', 'timed-out'],
  ['{error,nxdomain}', 'dns-failure'],
  ['Io(Kind(ConnectionReset))', 'reset'],
  ['failed with std::errc::connection_refused', 'refused'],
  ['asio.system:111', 'refused'],
  ['[WinError 10054]', 'reset'],
  ['send() gave ENETDOWN', 'unreachable'],
  ['SSL alert number 48', 'cert-untrusted'],
  ['{:tls_alert, {:unknown_ca, ~c"TLS client: In state wait_cert"}}', 'cert-untrusted'],
  ['received fatal alert: UnrecognisedName', 'cert-name'],
  ['TLS alert: certificate_required', 'tls-client-certificate'],
]

const NONE: readonly string[] = [
  'error code 111 of 200',
  'alert: 48 users are online',
  'alert manager: certificate expired in 30 days',
  'a pipe of 32 messages',
  'const econnrefusedCount = 3',
  'timed out after 110 ms',
  'os errors are counted',
]

describe('errors of a system in the spelling of any language', () => {
  for (const [line, means] of MEANS)
    it(line, () => {
      assert.equal(systemErrorOf(line)?.means, means)
      assert.equal(readSentence(line)?.said.means, means)
    })
  for (const line of NONE) it(`none in: ${line}`, () => assert.equal(systemErrorOf(line), undefined))
  it('of a backend, where the line speaks of one', () => {
    const read = readSentence('proxying to upstream gave {error,econnrefused}')
    assert.deepEqual([read?.side, read?.said.means], ['proxy', 'backend-refused'])
  })
})
