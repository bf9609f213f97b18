import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { comparisonIn } from '#lib/intake/comparison.ts'

describe('a person’s own comparison', () => {
  const lines: readonly [string, ReturnType<typeof comparisonIn>][] = [
    ['works on my phone and on another laptop', { what: 'another machine', outcome: 'opens' }],
    ['Works fine in Firefox, but not in Chrome', { what: 'another browser', outcome: 'opens' }],
    ['In Safari it fails, in Chrome everything works', { what: 'another browser', outcome: 'opens' }],
    ['It only fails on the office network', { what: 'another network', outcome: 'opens' }],
    [
      'works after disabling the antivirus',
      { what: 'the antivirus, VPN or extension switched off', outcome: 'opens' },
    ],
    ['My colleague has no problems', { what: 'another machine', outcome: 'opens' }],
    ['same error in Firefox', { what: 'another browser', outcome: 'same' }],
    ['fails in all browsers', { what: 'another browser', outcome: 'same' }],
    // Servers are compared, or nothing is.
    ['works on localhost but not in production', undefined],
    ['works without nginx', undefined],
    ['works with wscat', undefined],
    ['It does not work on my phone', undefined],
    ['Windows 11, Chrome 126', undefined],
    ['panic: dial tcp 10.1.0.4:6001: connect: connection refused', undefined],
    ['The network connection was lost.', undefined],
  ]
  for (const [line, comparison] of lines) it(line, () => assert.deepEqual(comparisonIn(line), comparison))
})

describe('compression switched off', () => {
  const cured = { what: 'compression switched off', outcome: 'opens' }

  it('is a comparison where the fault was gone with it', () => {
    for (const line of [
      'With `WS_PER_MESSAGE_DEFLATE=false` the socket stays open.',
      'We removed the Sec-WebSocket-Extensions header in the proxy and now it works.',
      'Polling is fine. Disabling permessage-deflate fixed it. We use version 4.',
    ])
      assert.deepEqual(comparisonIn(line), cured, line)
  })

  it('is none where it helped nobody, or was not tried', () => {
    for (const line of [
      'With perMessageDeflate: false it still drops.',
      'Disabling compression did not help, but restarting works.',
      'perMessageDeflate: true',
    ])
      assert.equal(comparisonIn(line), undefined, line)
  })
})
