/** What is exhaustive runs in part in `npm test`, always the same part, and whole in `npm run test:more`. */
const isWhole = process.env.TESTS === 'whole'

/** For a test whose size is a bound of the product's own, and which has no smaller form. */
export const wholeOnly = { skip: !isWhole && 'npm run test:more has it' }

/** How many, or how much, of something. */
export const amount = (whole: number, part: number): number => (isWhole ? whole : part)

/** How many generated inputs a property is tried on: a twentieth, if nothing else is said. */
export const runs = (whole: number, part = Math.ceil(whole / 20)): number => amount(whole, part)

/** Some of a list: each so-manieth, beginning with another one where the list is gone through again. */
export const sampled = <T>(all: readonly T[], every = 5, first = 0): readonly T[] =>
  isWhole ? all : all.filter((_, at) => at % every === first % every)
