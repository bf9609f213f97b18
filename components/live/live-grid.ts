/**
 * The places of the Live page's panels, one for the page and its skeleton. From 1400 px on the page fills the window and
 * its lists scroll inside: the list at the left, beside it the selected connection, its headline over its instruments.
 * Below there are two columns, on a phone one, and the page scrolls.
 */
export const liveGrid = {
  page: 'flex flex-col gap-3 wide:h-[calc(100dvh-32px)] wide:min-h-[760px]',
  form: 'min-h-14 max-wide:min-h-[98px]',
  // Relative: the details of the selected row, which stands in the list, are laid into the first line of this grid.
  grid: [
    'grid min-h-0 flex-1 gap-3 lg:relative lg:grid-cols-[380px_minmax(0,1fr)]',
    'wide:grid-cols-[380px_minmax(0,1fr)_332px] broad:grid-cols-[520px_minmax(0,1fr)_480px]',
  ].join(' '),
  /** With the line for the headline. */
  headed: 'lg:grid-rows-[188px_auto_auto] wide:grid-rows-[128px_minmax(0,1fr)]',
  headless: 'lg:grid-rows-[auto_auto] wide:grid-rows-[minmax(0,1fr)]',
  connections: 'max-lg:min-h-[240px] lg:max-wide:h-[556px] lg:row-span-2 wide:row-span-full',
  middle: 'flex min-h-0 min-w-0 flex-col gap-3 lg:col-start-2 lg:max-wide:row-end-[-1]',
  right: 'flex min-h-0 min-w-0 flex-col gap-3 lg:max-wide:col-start-1 wide:col-start-3',
  /** Where there is no headline. */
  first: 'lg:max-wide:row-start-1',
  /** Under the headline. */
  second: 'lg:max-wide:row-start-2 wide:row-start-2',
  third: 'lg:max-wide:row-start-3 wide:row-start-2',
  heartbeats: 'max-lg:h-[400px] lg:max-wide:h-[356px] wide:min-h-[260px] wide:flex-[0_1_356px]',
  /** Nothing is measured, so that little is drawn. */
  quietHeartbeats: 'h-[236px] shrink-0',
  question: 'wide:flex-1',
  criteria: 'max-wide:min-h-[360px] wide:min-h-[260px] wide:flex-[0_1_356px]',
  /** Instead of the criteria, where the server is somebody else's. */
  thisConnection: 'max-wide:min-h-[360px] wide:min-h-0 wide:flex-1',
  messages: 'max-lg:min-h-[320px] lg:max-wide:h-[480px] wide:min-h-[280px] wide:flex-1',
  events: 'max-md:min-h-[200px] md:max-wide:h-[360px] wide:min-h-[180px] wide:flex-1',
}
