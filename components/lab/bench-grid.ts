/** The places of the bench's upper panels, one for the bench and its skeleton. */
export const benchGrid = {
  top: 'grid gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]',
  settings: 'min-h-[320px]',
  verdict: 'min-h-[240px]',
}
