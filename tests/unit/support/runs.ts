const ALL = process.env.PROPERTY_RUNS === 'all'

/** How many generated inputs a property is tried on: all of them in `npm run test:more`, a twentieth in `npm test`. */
export const runs = (most: number): number => (ALL ? most : Math.ceil(most / 20))

/** Those of a list that `npm test` goes through, each fifth and always the same; `npm run test:more` has them all. */
export const sampled = <T>(all: readonly T[]): readonly T[] =>
  ALL ? all : all.filter((_, at) => at % 5 === 0)
