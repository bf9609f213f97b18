import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sentence } from '#lib/text/foreign.ts'
import { codeBlock, codeSpan, inMarkdown } from '#lib/text/markdown.ts'

const shown = (text: string): string => inMarkdown(sentence`${text}`)

describe('a sentence in Markdown', () => {
  it('is left as it is where nothing in it acts', () => {
    for (const text of [
      'The page sent no Origin',
      'closed with 1006, after 47 s (RFC 6455 §7.1.5)',
      'a + b = c',
    ]) {
      assert.equal(shown(text), text)
    }
  })

  it('has its markup behind backslashes', () => {
    assert.equal(
      shown('<b>x</b> *a* _b_ [c](d) ~~e~~ `f` | & $g$'),
      '\\<b\\>x\\</b\\> \\*a\\* \\_b\\_ \\[c\\](d) \\~\\~e\\~\\~ \\`f\\` \\| \\& \\$g\\$',
    )
    assert.equal(shown('&lt;img&gt; \\u000a'), '\\&lt;img\\&gt; \\\\u000a')
  })

  it('has mentions, references and addresses in code, where no filter looks for them', () => {
    assert.equal(shown('reason “ping @octocat now”'), 'reason “ping `@octocat` now”')
    assert.equal(shown('see #1, GH-2 and owner/repo#3.'), 'see `#1`, `GH-2` and `owner/repo#3`.')
    assert.equal(
      shown('Origin https://a.example/*, and www.b.example'),
      'Origin `https://a.example/*`, and `www.b.example`',
    )
    assert.equal(shown('someone@example.org :tada:'), '`someone@example.org` `:tada:`')
    assert.equal(shown('`@a`'), '`` `@a` ``')
  })

  it('begins no list, heading or rule', () => {
    for (const [text, expected] of [
      ['- x', '\\- x'],
      ['+ x', '\\+ x'],
      ['=== x', '\\=== x'],
      ['1. x', '1\\. x'],
      ['12) x', '12\\) x'],
      ['# x', '\\# x'],
      ['> x', '\\> x'],
      ['1006 x', '1006 x'],
    ] as const) {
      assert.equal(shown(text), expected)
    }
  })
})

it('code has more backticks around it than in it', () => {
  assert.equal(codeSpan('a'), '`a`')
  assert.equal(codeSpan('a``b'), '```a``b```')
  assert.equal(codeBlock('a\n```\nb'), '````\na\n```\nb\n````')
})
