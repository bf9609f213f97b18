import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { Tokenizer } from '#lib/configs/nginx/syntax/tokens.ts'

/** The line after a block of Lua; undefined where nothing closes it. */
function lineAfter(lua: string): number | undefined {
  const tokenizer = new Tokenizer(`${lua}\nnext;`, 'a.conf')
  try {
    tokenizer.skipLua()
    return tokenizer.next().line
  } catch {
    return undefined
  }
}

it('braces in texts, comments and long brackets close nothing', () => {
  assert.equal(lineAfter('}'), 2)
  assert.equal(lineAfter('local a = "}" -- }\n{ b = \'}\' } [[}\n}]] --[==[ }\n]]}]==] }'), 5)
  assert.equal(lineAfter('a = "\\"}" }'), 2)
  assert.equal(lineAfter('a = "it\\\n}" }'), 3)
  assert.equal(lineAfter("it's }\n}"), 2, 'a quote that its line does not close is no text')
  assert.equal(lineAfter('a = "}'), 2, 'nor is this one')
  assert.equal(lineAfter('[[ }'), undefined)
})

it('any Lua ends where the plain expression for its texts says', () => {
  const piece = fc.constantFrom(
    '"',
    "'",
    '\\',
    '\\"',
    "\\'",
    '{',
    '}',
    '\n',
    '--',
    '[[',
    ']]',
    '[=[',
    ']=]',
    'a',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const lua = pieces.join('')
      assert.equal(lineAfter(lua), lineByExpression(lua), JSON.stringify(lua))
    }),
    { numRuns: 1000 },
  )
})

/** With texts as one expression, which costs the square of a line with many open quotes. */
function lineByExpression(lua: string): number | undefined {
  const text = `${lua}\nnext;`
  const token = /--\[(=*)\[|--[^\n]*|\[(=*)\[|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|[{}]/g
  let depth = 1
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const equals = match[1] ?? match[2]
    if (equals !== undefined) {
      const close = text.indexOf(`]${equals}]`, token.lastIndex)
      if (close < 0) return undefined
      token.lastIndex = close + equals.length + 2
    } else if (match[0] === '{') depth += 1
    else if (match[0] === '}') depth -= 1
    if (depth > 0) continue
    const rest = new Tokenizer(text.slice(token.lastIndex), 'a.conf')
    try {
      return text.slice(0, token.lastIndex).split('\n').length - 1 + rest.next().line
    } catch {
      return undefined
    }
  }
  return undefined
}
