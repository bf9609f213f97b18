/** The places of a scenario's parts, one for the page and its skeleton: on a phone the strips come first. */
export const scenarioGrid = {
  both: 'grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[minmax(320px,404px)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]',
  steps: 'lg:col-start-1 lg:row-span-2 lg:row-start-1',
  strips: 'max-lg:order-first lg:sticky lg:top-3 lg:z-10 lg:col-start-2 lg:row-start-1',
  instruments: 'flex min-w-0 flex-col gap-3 lg:col-start-2 lg:row-start-2',
}
