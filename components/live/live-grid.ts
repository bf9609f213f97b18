/**
 * The places of the Live page's panels, one for the page and its skeleton. On a wide screen the page fills the
 * window and its lists scroll inside; below 1280 px it has two columns, on a phone one, and the page scrolls.
 */
export const liveGrid = {
  page: 'flex flex-col gap-3 xl:h-[calc(100dvh-32px)] xl:min-h-[720px]',
  form: 'min-h-14 max-xl:min-h-[98px]',
  grid: [
    'grid min-h-0 flex-1 gap-3 lg:grid-cols-[340px_minmax(0,1fr)] lg:grid-rows-[404px_auto_minmax(320px,auto)]',
    'xl:grid-cols-[340px_minmax(0,1fr)_332px] xl:grid-rows-[404px_minmax(0,1fr)]',
  ].join(' '),
  connections: 'max-lg:max-h-[600px] max-lg:min-h-[240px] xl:row-span-2',
  heartbeats: 'max-lg:h-[400px]',
  criteria: 'max-xl:min-h-[389px]',
  messages: 'max-lg:h-[520px] lg:max-xl:row-span-2 xl:col-start-2 xl:row-start-2',
  events: 'max-xl:h-[420px] lg:max-xl:h-auto lg:max-xl:max-h-[331px] xl:col-start-3 xl:row-start-2',
}
