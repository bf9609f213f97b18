/** Real parsers read the same values in tests/parity; here each literal is read by its own grammar. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Tokenizer } from '#lib/configs/nginx/syntax/tokens.ts'
import { joined, plainHost } from '#lib/text/code.ts'
import { apache, caddy, csp, env, haproxy, nginx, yaml } from '#lib/text/configurations.ts'
import { visible } from '#lib/text/foreign.ts'
import { csharp, elixir, go, java, js, python, ruby } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'
import { anyText } from '#tests/any-text.ts'

/** Half of it of characters that mean something somewhere. */
const hostile = fc.oneof(
  anyText(40),
  fc.string({
    unit: fc.constantFrom(
      ...'\'"`\\$#{}()<>;&|%=~/!*?[] \n\r\t\u0000\u0085\u2028\u202e\ufeff-ab0u',
      '😀',
      '\u{e0041}',
    ),
    maxLength: 20,
  }),
)

const SHORT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
const ESCAPE = /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|([0-3][0-7]{2})|(.))/gsu

/** What a literal stands for in a language that has no other escapes than `known`. */
function read(literal: string, quote: string, known: RegExp): string {
  assert.equal(visible(literal), literal)
  assert.ok(literal.startsWith(quote) && literal.endsWith(quote) && literal.length > 1)
  const inner = literal.slice(1, -1)
  assert.doesNotMatch(inner.replace(ESCAPE, ''), new RegExp(`[${quote}\\\\]`))
  return inner.replace(ESCAPE, (written, braced, four, eight, two, octal, character) => {
    assert.match(written, known)
    const point = braced ?? four ?? eight ?? two
    if (point !== undefined) {
      const unit = Number.parseInt(point, 16)
      return four === undefined ? String.fromCodePoint(unit) : String.fromCharCode(unit)
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    return SHORT[character] ?? character
  })
}

describe('a string literal', () => {
  const languages = {
    js: { string: js.string, quote: "'", known: /^\\(['\\nrt]|u[0-9a-f]{4}|x3c)$/ },
    python: { string: python.string, quote: "'", known: /^\\(['\\nrt]|u[0-9a-f]{4}|U[0-9a-f]{8})$/ },
    go: { string: go.string, quote: '"', known: /^\\(["\\nrt]|u[0-9a-f]{4}|U[0-9a-f]{8})$/ },
    csharp: { string: csharp.string, quote: '"', known: /^\\(["\\nrt]|u[0-9a-f]{4})$/ },
    java: { string: java.string, quote: '"', known: /^\\(["\\nrt]|u[0-9a-f]{4}|[0-3][0-7]{2})$/ },
    ruby: { string: ruby.string, quote: '"', known: /^\\(["\\nrt#]|u\{[0-9a-f]+\})$/ },
    elixir: { string: elixir.string, quote: '"', known: /^\\(["\\nrt#]|u\{[0-9a-f]+\})$/ },
  }
  for (const [name, { string, quote, known }] of Object.entries(languages)) {
    it(`of ${name} stands for what it was given, and for nothing that runs`, () => {
      fc.assert(
        fc.property(hostile, (text) => {
          const literal = string(text)
          assert.equal(read(literal, quote, known), text.toWellFormed())
          if (name === 'ruby' || name === 'elixir') assert.doesNotMatch(literal, /(?<!\\)(?:\\\\)*#/)
          // Java reads \u000a as a line break before it looks for strings.
          if (name === 'java') assert.doesNotMatch(literal, /\\u00/)
        }),
      )
    })
  }

  it('of JavaScript is the same to the engine, and ends no script tag', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.equal(new Function(`return ${js.string(text)}`)(), text.toWellFormed())
      }),
    )
    assert.doesNotMatch(js.string('</script><!--<Script>'), /<[/!s]/i)
  })
})

describe('a word of a configuration', () => {
  const seen = hostile.map((text) => (visible(text) === text ? text : 'x'))

  it('is one word to nginx, and the same one', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { words, terminator } = new Tokenizer(nginx`location ${nginx.word(text)} {`, 'x').next()
        assert.deepEqual(words, ['location', visible(text) === text ? text : 'YOUR_VALUE'])
        assert.equal(terminator, '{')
      }),
    )
  })

  it('is quoted where a program would act on it, and a stand-in where it cannot be', () => {
    assert.equal(apache.word('/a b"c\\'), '"/a b\\"c\\\\"')
    assert.equal(apache.word('/\x24{HOME}'), 'YOUR_VALUE')
    assert.equal(haproxy.word("a $b'c"), "'a $b'\\''c'")
    assert.equal(caddy.word('a b"'), '`a b"`')
    assert.equal(caddy.word('{env.HOME}'), 'YOUR_VALUE')
    assert.equal(env.value('https://app.example'), 'https://app.example')
    for (const text of ['a b', '$a', 'a;b', "a'b", '`a`']) assert.equal(env.value(text), 'YOUR_VALUE')
    for (const quote of [nginx.word, apache.word, haproxy.word, caddy.word, env.value, yaml.string]) {
      assert.match(quote('a\nb'), /^"?YOUR_VALUE"?$/)
    }
  })

  it('is the same string to a reader of JSON, which YAML contains', () => {
    fc.assert(
      fc.property(seen, (text) => {
        assert.equal(JSON.parse(yaml.string(text)), text)
      }),
    )
  })

  it('of a policy is an address without anything behind it', () => {
    assert.equal(csp.source(new URL('wss://a;default-src:8443/')), 'wss://YOUR_HOST:8443')
    assert.equal(csp.source(new URL('wss://[::1]/x')), 'wss://[::1]')
  })
})

it('a host is a name or an address, or a stand-in', () => {
  for (const host of ['app.example', 'a_b-c', '10.0.0.7', '::1', '[fe80::1]'])
    assert.equal(plainHost(host), host)
  for (const host of ['', '-x', '$(id)', 'a b', 'a;b', '[x', 'a/b', 'a\n']) {
    assert.equal(plainHost(host), 'YOUR_HOST')
  }
})

it('foreign text fits no code as it came, and code of one syntax no other', () => {
  const foreign = String('$(id)')
  // @ts-expect-error a plain string
  shell`getent hosts ${foreign}`
  // @ts-expect-error a string of another language
  shell`getent hosts ${js.string(foreign)}`
  // @ts-expect-error a plain string among code
  joined([shell`ss`, foreign], ' ')
  assert.equal(joined([shell`ss`, shell.word(foreign)], ' '), "ss '$(id)'")
})
