/** How often something is repeated. */
import { isDigit, type Reader } from '#lib/text/pattern/reader.ts'
import { invalid } from '#lib/text/pattern/refusal.ts'

export interface Count {
  readonly min: number
  readonly max: number
}

/** `? * + {n} {n,} {n,m}`. A brace that begins none of them is itself. */
export function readCount(reader: Reader): Count | undefined {
  if (reader.eat('?')) return { min: 0, max: 1 }
  if (reader.eat('*')) return { min: 0, max: Infinity }
  if (reader.eat('+')) return { min: 1, max: Infinity }
  const braces = readBraces(reader)
  if (!braces) {
    if (isNewerCount(reader)) reader.defer('a count that PCRE2 reads in another way since 10.43', reader.at)
    return undefined
  }
  const { min, minAt, max, maxAt } = braces
  const count = { min: countOf(min, minAt), max: max === '' ? Infinity : countOf(max, maxAt) }
  if (count.min > count.max) throw invalid('numbers out of order in {} quantifier', reader.at - 1)
  return count
}

/** Whether braces with a count are next. */
export function isCount(reader: Reader): boolean {
  const start = reader.at
  const found = readBraces(reader) !== undefined
  reader.at = start
  return found
}

/** The numbers as they are written, and where; `max` is '' where there is none. Stays where it is otherwise. */
function readBraces(reader: Reader) {
  const start = reader.at
  if (!reader.eat('{')) return undefined
  const minAt = reader.at
  const min = reader.while(isDigit)
  const isRange = reader.eat(',')
  const maxAt = reader.at
  const max = isRange ? reader.while(isDigit) : min
  if (min !== '' && reader.eat('}')) return { min, minAt, max, maxAt }
  reader.at = start
  return undefined
}

const LARGEST = 65_535

function countOf(digits: string, at: number): number {
  if (Number(digits) <= LARGEST) return Number(digits)
  let most = 5
  while (Number(digits.slice(0, most)) <= LARGEST) most += 1
  throw invalid('number too big in {} quantifier', at + most)
}

/** `{,3}` and `{ 1, 3 }`, which are literal text up to PCRE2 10.42. */
function isNewerCount(reader: Reader): boolean {
  const start = reader.at
  const skipBlanks = () => reader.while((character) => character === ' ' || character === '\t')
  if (!reader.eat('{')) return false
  skipBlanks()
  let digits = reader.while(isDigit)
  skipBlanks()
  if (reader.eat(',')) {
    skipBlanks()
    digits += reader.while(isDigit)
    skipBlanks()
  }
  const found = digits !== '' && reader.peek() === '}'
  reader.at = start
  return found
}
