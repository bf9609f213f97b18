/**
 * The places of the Live page's panels, one for the page and its skeleton. On a wide screen the page fills the
 * window and its lists scroll inside; below 1400 px it has two columns, on a phone one, and the page scrolls.
 */
export const liveGrid = {
  page: 'flex flex-col gap-3 wide:h-[calc(100dvh-32px)] wide:min-h-[720px]',
  form: 'min-h-14 max-wide:min-h-[98px]',
  grid: [
    'grid min-h-0 flex-1 gap-3 lg:grid-cols-[340px_minmax(0,1fr)] lg:grid-rows-[404px_auto_minmax(320px,auto)]',
    'wide:grid-cols-[340px_minmax(0,1fr)_332px] wide:grid-rows-[404px_minmax(0,1fr)]',
    'broad:grid-cols-[400px_minmax(0,1fr)_480px]',
  ].join(' '),
  connections: 'max-lg:max-h-[600px] max-lg:min-h-[240px] wide:row-span-2',
  heartbeats: 'max-lg:h-[400px]',
  criteria: 'max-wide:min-h-[389px]',
  messages: 'max-lg:h-[520px] lg:max-wide:row-span-2 wide:col-start-2 wide:row-start-2',
  events: 'max-wide:h-[420px] lg:max-wide:h-auto lg:max-wide:max-h-[331px] wide:col-start-3 wide:row-start-2',
}
