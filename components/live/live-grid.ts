/**
 * The places of the Live page's panels, one for the page and its skeleton. From 1400 px on the page fills the window and
 * its lists scroll inside: the list at the left, beside it the selected connection, its headline over its instruments.
 * Below there are two columns, on a phone one, and the page scrolls.
 */
export const liveGrid = {
  page: 'flex flex-col gap-3 wide:h-[calc(100dvh-2rem)] wide:min-h-[47.5rem]',
  form: 'min-h-14 max-wide:min-h-[6.125rem]',
  // Relative: the details of the selected row, which stands in the list, are laid into the first line of this grid.
  grid: [
    'grid min-h-0 flex-1 gap-3 lg:relative lg:grid-cols-[23.75rem_minmax(0,1fr)]',
    'wide:grid-cols-[23.75rem_minmax(0,1fr)_20.75rem] broad:grid-cols-[32.5rem_minmax(0,1fr)_30rem]',
    'vast:grid-cols-[40rem_minmax(0,1fr)_34rem]',
  ].join(' '),
  /** Before anything is open: the question and the way to a connection, below them the server and what will be judged. */
  blank: 'grid gap-3 lg:grid-cols-[minmax(0,1fr)_23.75rem] broad:grid-cols-[minmax(0,1fr)_30rem]',
  below: 'lg:h-[22.75rem] wide:h-auto wide:min-h-[14rem] wide:flex-1 lg:grid-rows-[minmax(0,1fr)]',
  /** With the line for the headline. */
  headed: 'lg:grid-rows-[13.25rem_auto_auto] wide:grid-rows-[8rem_minmax(0,1fr)]',
  connections: 'max-lg:min-h-[15rem] lg:max-wide:h-[36.25rem] lg:row-span-2 wide:row-span-full',
  middle: 'flex min-h-0 min-w-0 flex-col gap-3 lg:col-start-2 lg:max-wide:row-end-[-1]',
  right: 'flex min-h-0 min-w-0 flex-col gap-3 lg:max-wide:col-start-1 wide:col-start-3',
  /** Under the headline. */
  second: 'lg:max-wide:row-start-2 wide:row-start-2',
  third: 'lg:max-wide:row-start-3 wide:row-start-2',
  heartbeats: 'max-lg:h-[25rem] lg:max-wide:h-[22.25rem] wide:min-h-[16.25rem] wide:flex-[0_1_22.25rem]',
  /** Nothing is measured, so that little is drawn. */
  quietHeartbeats: 'h-[14.75rem] shrink-0',
  criteria: 'max-wide:min-h-[22.5rem] wide:min-h-[16.25rem] wide:flex-[0_1_22.25rem]',
  /** Instead of the criteria, where the server is somebody else's. */
  thisConnection: 'max-wide:min-h-[22.5rem] wide:min-h-0 wide:flex-1',
  messages: 'max-lg:min-h-[20rem] lg:max-wide:h-[30rem] wide:min-h-[17.5rem] wide:flex-1',
  events: 'max-md:min-h-[12.5rem] md:max-wide:h-[22.5rem] wide:min-h-[11.25rem] wide:flex-1',
}
