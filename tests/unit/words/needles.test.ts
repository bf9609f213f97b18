import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp'
import { needlesOf } from '#lib/words/phrase.ts'
import { programs } from '#lib/words/programs.ts'

/** More ways through a pattern than this are not tried. */
const MOST_WAYS = 400

const CANDIDATES = [...'a0A1 ._-/:"\'<>[](){}=,;#%@!?*+|~$&\\^`\tзé’“']

/** Texts that a pattern may fit: one for each way through its alternatives, each optional part there and not there. */
function textsOf(node: AST.Pattern | AST.Alternative | AST.Element): string[] {
  switch (node.type) {
    case 'Pattern':
    case 'CapturingGroup':
    case 'Group':
      return node.alternatives.flatMap(textsOf).slice(0, MOST_WAYS)
    case 'Alternative':
      return node.elements.reduce<string[]>(
        (texts, element) => {
          const next = textsOf(element)
          return texts.flatMap((text) => next.map((more) => text + more)).slice(0, MOST_WAYS)
        },
        [''],
      )
    case 'Quantifier': {
      const once = textsOf(node.element)
      if (node.min === 0) return ['', ...once]
      return once.map((text) => text.repeat(node.min))
    }
    case 'Character':
      return [String.fromCodePoint(node.value)]
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^${node.raw}$`, 'u')
      return [CANDIDATES.find((each) => one.test(each)) ?? '']
    }
    default:
      return ['']
  }
}

/** The first text that none of a phrase's needles finds. */
function hiddenBy(needles: readonly string[], { source, flags }: RegExp): string | undefined {
  const { pattern } = parseRegExpLiteral(`/${source}/${flags}`)
  const fits = new RegExp(source, flags)
  return textsOf(pattern).find((text) => {
    const lower = text.toLowerCase()
    return !needles.some((needle) => lower.includes(needle.toLowerCase())) && fits.test(text)
  })
}

it('has needles that are in every sentence of their phrase', () => {
  const hidden = programs.flatMap(({ id, phrases }) =>
    phrases.flatMap((phrase) => {
      const text = hiddenBy(needlesOf(phrase), phrase.pattern)
      return text === undefined ? [] : [`${id}/${phrase.id}, ${needlesOf(phrase)}: ${text}`]
    }),
  )
  assert.deepEqual(hidden, [])
})
