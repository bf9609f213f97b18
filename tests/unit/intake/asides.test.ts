import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isAside, isUneventful } from '#lib/intake/asides.ts'

describe('lines beside those that tell', () => {
  it('are a person’s words without a word of trouble, in any language', () => {
    assert.ok(isAside('Thanks in advance, this is my first post here.'))
    assert.ok(isAside('我的项目部署在 nginx 后面，使用 tungstenite 作为客户端。'))
  })

  it('are no values, and nothing that may be about a failure', () => {
    for (const line of [
      'proxy_read_timeout 60s;',
      'but nothing arrives in the browser',
      'it hangs for a while and then goes on',
      '部署之后就断开了，本地没有这种情况',
      'Http2Exception: Unexpected request from this client',
    ]) {
      assert.ok(!isAside(line), line)
    }
  })

  it('are lines of a log at no level of trouble', () => {
    assert.ok(isUneventful('2026-06-15 12:00:00 [chat] next attempt in 812 ms'))
    assert.ok(!isUneventful('06-15 12:00:00.001  10  10 W Feed: odd state of the socket'))
    assert.ok(!isUneventful('2026-06-15 12:00:00 [chat] gave up after 3 attempts: closed'))
  })
})
