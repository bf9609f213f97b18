/**
 * The places of a scenario's parts, one for the page and its skeleton. On a phone the strips come first; on a screen
 * that shows a row of instruments below them too, they stay in view while the steps are read.
 */
export const scenarioGrid = {
  both: 'grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[25.25rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]',
  steps: 'lg:col-start-1 lg:row-span-2 lg:row-start-1',
  strips:
    'max-lg:order-first lg:z-10 lg:col-start-2 lg:row-start-1 lg:-my-3 lg:bg-ground lg:py-3 lg:[@media(min-height:68.75rem)]:sticky lg:top-0',
  instruments: 'flex min-w-0 flex-col gap-3 lg:col-start-2 lg:row-start-2',
}
