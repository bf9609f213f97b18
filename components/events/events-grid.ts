/**
 * The places of the page's parts, one for the page and its skeleton. From 768 px on the page fills the window where that is
 * high enough, and the list scrolls inside; on a phone the page scrolls.
 */
export const eventsGrid = {
  page: 'flex flex-col gap-3 md:h-[calc(100dvh-32px)] md:min-h-[760px]',
  bar: 'min-h-14 shrink-0',
  /** On a phone with room for two lines of each part, so that nothing below moves when it comes. */
  verdict: 'min-h-14 shrink-0 max-md:min-h-43',
  histograms: 'grid shrink-0 gap-3 md:grid-cols-3',
  histogram: 'h-[232px] max-md:h-[204px]',
  list: 'md:min-h-[280px] md:flex-1',
}
