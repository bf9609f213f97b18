import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseInline } from '#components/playbook/inline.ts'

describe('the Markdown of articles', () => {
  it('knows code, links and close codes', () => {
    assert.deepEqual(parseInline('Set `a [b](c) 1006`, read [RFC](https://example.test/x): 1006.'), [
      { kind: 'text', text: 'Set ' },
      { kind: 'code', text: 'a [b](c) 1006' },
      { kind: 'text', text: ', read ' },
      { kind: 'link', text: 'RFC', href: 'https://example.test/x' },
      { kind: 'text', text: ': ' },
      { kind: 'close-code', text: '1006' },
      { kind: 'text', text: '.' },
    ])
  })

  it('leaves alone what is no such thing', () => {
    for (const text of [
      'a ` b',
      '[x](javascript:alert)',
      '[x](//elsewhere.test)',
      '<b>',
      '1000 or 11006',
      '',
    ])
      assert.deepEqual(parseInline(text), text === '' ? [] : [{ kind: 'text', text }])
  })
})
