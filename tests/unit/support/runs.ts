/** How many generated inputs a property is tried on: all of them in `npm run test:more`, a fifth in `npm test`. */
export const runs = (most: number): number =>
  process.env.PROPERTY_RUNS === 'all' ? most : Math.ceil(most / 5)
