import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compilePattern, type PatternMatch } from '#lib/text/pattern/pattern.ts'

function match(source: string, text: string, caseInsensitive = false): PatternMatch | null {
  const compiled = compilePattern(source, { caseInsensitive })
  if (!compiled.ok) assert.fail(`${source}: ${compiled.says} at ${compiled.column}`)
  const found = compiled.match(text)
  if (found === 'gave-up') assert.fail(`${source} gave up`)
  return found
}

/** The whole match and the groups; null where there is none. */
const groups = (source: string, text: string, caseInsensitive = false) =>
  match(source, text, caseInsensitive)?.groups ?? null

function refusal(source: string) {
  const compiled = compilePattern(source, { caseInsensitive: false })
  assert.ok(!compiled.ok, source)
  return compiled
}

describe('a pattern', () => {
  const CASES: readonly (readonly [string, string, readonly (string | undefined)[] | null])[] = [
    // As locations, maps and rewrites have them.
    ['^/ws(/|$)', '/ws', ['/ws', '']],
    ['^/ws(/|$)', '/wsx', null],
    ['\\.(?:css|js|png)$', '/a/b.js', ['.js']],
    ['^/(?!api/)', '/ws', ['/']],
    ['^/(?!api/)', '/api/ws', null],
    ['(?<!/live)/ws$', '/live/ws', null],
    ['^/users/(\\d+)/(?:ws|live)/?(.*)$', '/users/42/ws/x', ['/users/42/ws/x', '42', 'x']],
    ['^(?<tenant>[a-z0-9-]+)\\.example\\.com$', 'a-1.example.com', ['a-1.example.com', 'a-1']],
    ['\\bUpgrade\\b', 'keep-alive, Upgrade', ['Upgrade']],
    // The first alternative that leads on wins, not the longest.
    ['a|ab', 'ab', ['a']],
    ['(a|ab)(c|bcd)', 'abcd', ['abcd', 'a', 'bcd']],
    ['(a*)(a*)', 'aaa', ['aaa', 'aaa', '']],
    ['(a*?)(a*)', 'aaa', ['aaa', '', 'aaa']],
    ['a{2,3}?', 'aaaa', ['aa']],
    ['(?U)a+', 'aaa', ['a']],
    // A group keeps what it matched last; a round that takes nothing ends the repetition.
    ['(?:(a)|b)*', 'ab', ['ab', 'a']],
    ['(|a)+', 'aa', ['', '']],
    ['(a|b*)*$', 'abba', ['abba', '']],
    ['(a??|c)*$', 'ac', ['ac', '']],
    // Ends of lines.
    ['a$', 'a\n', ['a']],
    ['a$', 'a\n\n', null],
    ['a\\z', 'a\n', null],
    ['a\\Z', 'a\n', ['a']],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['a.b', 'a\nb', null],
    ['(?s)a.b', 'a\nb', ['a\nb']],
    ['\\R\\n', '\r\n', null],
    ['a\\Rb', 'a\r\nb', ['a\r\nb']],
    // Classes.
    ['[]a]+', ']a', [']a']],
    ['[^]a]+', 'ab]', ['b']],
    ['[a\\]-]+', 'a]-', ['a]-']],
    ['[[:alpha:]_]+', 'ab_1', ['ab_']],
    ['[[:^alpha:]]+', 'ab1_', ['1_']],
    ['[\\w.-]+', '/a.b-c/', ['a.b-c']],
    ['[\\x41-\\x{43}]+', 'ABCD', ['ABC']],
    ['\\Qa.b\\E+', 'a.bbb', ['a.bbb']],
    // Options, from where they are to the end of their group.
    ['(?i)WS', 'ws', ['ws']],
    ['(a(?i)b)c', 'aBC', null],
    ['(?i:a)b', 'Ab', ['Ab']],
    ['(?x) a b # a comment', 'ab', ['ab']],
    ['(?i)[^a]', 'A', null],
    // Nothing is given back where a `+` follows.
    ['a++b', 'aab', ['aab']],
    ['a++ab', 'aab', null],
    ['(?>a*)b', 'aab', ['aab']],
    ['a\\Kb', 'ab', ['b']],
  ]

  for (const [source, text, expected] of CASES) {
    it(`${source} on ${JSON.stringify(text)}`, () => assert.deepEqual(groups(source, text), expected))
  }

  it('may be asked for in any case, which only letters of ASCII have', () => {
    assert.deepEqual(groups('^/WS/é', '/ws/é', true), ['/ws/é'])
    assert.equal(groups('é', 'É', true), null)
    assert.equal(groups('[[:upper:]]', 'a'), null)
    assert.deepEqual(groups('[[:upper:]]', 'a', true), ['a'])
  })

  it('sees bytes, unless it begins with (*UTF8)', () => {
    assert.equal(groups('^.$', 'é'), null)
    assert.deepEqual(groups('^..$', 'é'), ['é'])
    assert.deepEqual(groups('^(.)', 'é'), ['\ufffd', '\ufffd'])
    assert.deepEqual(groups('(*UTF8)^.$', '𝄞'), ['𝄞'])
    assert.deepEqual(groups('(*UTF8)(?i)[^k]', 'K'), null, 'the Kelvin sign is a k')
  })

  it('tells where it matched, in UTF-16 units, and its groups by name', () => {
    const found = match("(?<first>b)(?P<second>c)?(?'third'd)", '𝄞ébd')
    assert.equal(found?.index, 3)
    assert.deepEqual(
      [...(found?.named ?? [])],
      [
        ['first', 'b'],
        ['second', undefined],
        ['third', 'd'],
      ],
    )
  })

  it('may have groups with the names of what every object has', () => {
    assert.equal(match('(?<__proto__>a)(?<constructor>b)', 'ab')?.named.get('__proto__'), 'a')
  })
})

describe('what PCRE2 refuses', () => {
  const CASES: readonly (readonly [string, string, number])[] = [
    ['^/(ws', 'missing closing parenthesis', 6],
    ['^/ws)', 'unmatched closing parenthesis', 5],
    ['^/[ws', 'missing terminating ] for character class', 6],
    ['*a', 'quantifier does not follow a repeatable item', 1],
    ['a**', 'quantifier does not follow a repeatable item', 3],
    ['^*', 'quantifier does not follow a repeatable item', 2],
    ['é+*', 'quantifier does not follow a repeatable item', 3],
    ['a{3,2}', 'numbers out of order in {} quantifier', 6],
    ['a{65536}', 'number too big in {} quantifier', 8],
    ['[z-a]', 'range out of order in character class', 4],
    ['[a-\\d]', 'invalid range in character class', 6],
    ['[[:ALPHA:]]', 'unknown POSIX class name', 4],
    ['[:alpha:]', 'POSIX named classes are supported only within a class', 1],
    ['a\\', '\\ at end of pattern', 3],
    ['\\y', 'unrecognized character follows \\', 2],
    ['(?<1>a)', 'subpattern name must start with a non-digit', 4],
    ['(?<a>a)(?<a>b)', 'two named subpatterns have the same name (PCRE2_DUPNAMES not set)', 13],
    ['(?z)', 'unrecognized character after (? or (?-', 3],
    ['(a)\\2', 'reference to non-existent subpattern', 5],
    ['\\x{100}', 'character code point value in \\x{} or \\o{} is too large', 7],
  ]
  for (const [source, says, column] of CASES) {
    it(source, () => assert.deepEqual(refusal(source), { ok: false, code: 'invalid', says, column }))
  }

  it('is said even where something before it is not supported', () => {
    assert.equal(refusal('(a)\\1(?=(b))(?>a|b)[').code, 'invalid')
  })
})

describe('what is not tried', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ['(a)\\1', 'a backreference'],
    ['(?<n>a)\\k<n>', 'a backreference'],
    ['(?>a|ab)c', 'an atomic group'],
    ['(?:ab)*+c', 'a possessive repetition'],
    ['(a(?1)?b)', 'a recursion'],
    ['(?(1)a|b)', 'a condition'],
    ['(?|(a)|(b))', 'a branch reset'],
    ['(?=(a))', 'a capture inside a lookaround'],
    ['(?<=a+)b', 'a lookbehind of variable length'],
    ['a(*SKIP)b', 'a verb'],
    ['\\p{L}', 'Unicode properties'],
    ['(*UTF8)(?i)é', 'letters beyond ASCII in any case'],
    ['a{,3}', 'a count that PCRE2 reads in another way since 10.43'],
  ]
  for (const [source, says] of CASES) {
    it(`${source}: ${says}`, () => {
      const refused = refusal(source)
      assert.deepEqual([refused.code, refused.says], ['unsupported', says])
    })
  }

  it('is what would take a program too large', () => {
    for (const source of ['(?:a{1000}){1000}', 'a{65535}', '()'.repeat(100), 'a'.repeat(65_537)]) {
      assert.equal(refusal(source).code, 'too-large')
    }
  })
})
