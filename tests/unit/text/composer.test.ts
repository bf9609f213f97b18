import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { templatesFor } from '#components/live/messages/templates.ts'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { pingMessageOf } from '#lib/protocol/own-message.ts'
import { formatHex, hexDump, parseHex } from '#lib/text/hex.ts'
import { checkJson, prettyJson } from '#lib/text/json-check.ts'

describe('hex', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const parsed = parseHex(formatHex(bytes))
        assert.deepEqual(parsed.ok && [...parsed.bytes], [...bytes])
      }),
    )
  })

  it('takes the usual ways of writing bytes', () => {
    for (const text of [
      'deadbeef',
      'DE AD BE EF',
      '0xde, 0xad, 0xbe, 0xef',
      'de:ad:be:ef',
      '\\xde\\xad\\xbe\\xef',
      ' de\nadbeef ',
    ]) {
      const parsed = parseHex(text)
      assert.deepEqual(parsed.ok && [...parsed.bytes], [0xde, 0xad, 0xbe, 0xef], text)
    }
  })

  it('says where it stopped understanding', () => {
    const column = (text: string) => {
      const parsed = parseHex(text)
      return parsed.ok ? null : parsed.column
    }
    assert.equal(column('de xy'), 4)
    assert.equal(column('de a'), 4)
    assert.equal(column('g'), 1)
  })

  it('dumps rows of 16 with their text', () => {
    const bytes = new TextEncoder().encode('hello, world\n1234567')
    assert.equal(
      hexDump(bytes),
      [
        '00000000  68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 0a 31 32 33  hello, world.123',
        '00000010  34 35 36 37                                      4567',
      ].join('\n'),
    )
  })
})

describe('pretty JSON', () => {
  it('leaves what is nested beyond reading as it is', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
    assert.equal(prettyJson(nested(4000)), null)
    assert.equal(prettyJson(nested(40))?.split('\n').length, 81)
    assert.equal(prettyJson(JSON.stringify(['['.repeat(100), '\\"[']))?.split('\n').length, 4)
  })
})

describe('JSON check', () => {
  it('tells JSON, plain text and broken JSON apart', () => {
    const verdicts = ['', '  ', '{"a":1}', '7', 'hello', '{"a":', '[1,]', '"x'].map(
      (text) => checkJson(text).verdict,
    )
    assert.deepEqual(verdicts, ['empty', 'empty', 'json', 'json', 'plain-text', 'broken', 'broken', 'broken'])
  })

  it('says where it broke', () => {
    const check = checkJson('{"a":1,}')
    assert.equal(check.verdict === 'broken' && check.position, 7)
    const end = checkJson('{"a":')
    assert.equal(end.verdict === 'broken' && end.position, 5)
  })

  it('indents objects and lists and leaves the rest alone', () => {
    assert.equal(prettyJson('{"a":[1]}'), '{\n  "a": [\n    1\n  ]\n}')
    for (const text of ['7', '"x"', '{', 'hello']) assert.equal(prettyJson(text), null)
  })
})

describe('templates', () => {
  it('has some for every endpoint, and for servers it does not know', () => {
    for (const endpoint of [...ownEndpoints, null]) assert.ok(templatesFor(endpoint).length > 0)
  })

  it('pings each endpoint with JSON that has a type', () => {
    for (const endpoint of ownEndpoints) assert.ok('type' in JSON.parse(pingMessageOf(endpoint)))
  })
})
