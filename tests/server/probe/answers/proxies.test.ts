/** Proxies and ports that answer themselves, or lose the upgrade on the way. */
import { describe, test } from 'node:test'
import { asks } from '#tests/server/probe/answers/support.ts'

describe('proxies and ports', { concurrency: true }, () => {
  test('a server that echoes, answers pings and closes in order is healthy', () =>
    asks((visit) => visit.open(undefined, visit.text), {}, { outcome: 'healthy' }))
})
