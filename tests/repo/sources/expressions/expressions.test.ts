import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { slowness } from '#tests/repo/sources/expressions/cost.ts'
import { type Expression, listExpressions, madeAtLoad } from '#tests/repo/sources/expressions/list.ts'
import { amount, sampled } from '#tests/sampling.ts'

const { written, inFunctions } = listExpressions()
const made = madeAtLoad()

/** An odd part: pumps come in pairs, with two ends that fail. */
const PART = { every: amount(1, 7), measured: amount(Infinity, 1) }

describe('every regular expression', () => {
  const different = new Map(
    [...written, ...made].map((each) => [`/${each.source}/${each.flags}`, each] as const),
  )

  it('is known before the product runs: none is made of what came from outside', () => {
    assert.ok(written.length > 300)
    const loaded = new Set(made.map(({ file, line }) => `${file}:${line}`))
    const later = inFunctions.map(({ file, line }) => `${file}:${line}`).filter((place) => !loaded.has(place))
    assert.deepEqual(later, [], 'Write it as a literal, or make it while the module is loaded.')
  })

  it('takes time proportional to its text', () => {
    const slow = [...different].flatMap(([name, expression]) => {
      const found = slowness(expression, PART)
      return found ? [`${expression.file} ${name}: ${found.says} of ${JSON.stringify(found.pump)}`] : []
    })
    assert.deepEqual(slow, [])
  })
})

describe('the search for slow expressions', () => {
  const SLOW = [/(a|a)*b/, /^\s*server/m, /\beyJ[\w-]{8,}(?:\.[\w-]+){1,4}/g, /\(70007\).*AH01102/]
  for (const regex of sampled(SLOW, 2)) {
    it(`finds ${regex}`, () => assert.ok(slowness(expressionOf(regex))))
  }

  const QUICK = [
    /^[ \t]*server/m,
    /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]+){1,4}/g,
    /<[^<>]*>/g,
    /\w{1,40}=/,
    /^a*b*$/,
    /"(?:[^"\\]|\\.)*"/y,
  ]
  for (const regex of QUICK) {
    it(`leaves ${regex} alone`, () => assert.equal(slowness(expressionOf(regex)), undefined))
  }
})

const expressionOf = ({ source, flags }: RegExp): Expression => ({ file: 'here', source, flags })
