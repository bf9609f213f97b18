/**
 * The places of the bench's upper panels, one for the bench and its skeleton. From 1024 px on the settings stand at
 * the left; pulse and verdict share the height at their right: what is turned, what happens and what it was are seen
 * at one glance. Nothing of these moves when the verdict comes, and a fix that needs more room gets it, uncut: what it pushes
 * down is below the window.
 */
export const benchGrid = {
  top: 'grid grid-cols-[minmax(0,1fr)] gap-3 lg:min-h-[max(37.5rem,calc(100dvh-6.5rem))] lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] xl:grid-cols-[23.75rem_minmax(0,1fr)]',
  settings: 'min-h-[20rem] self-start lg:sticky lg:top-4',
  beside: 'scroll-mt-3',
  outcome: 'flex h-full flex-col gap-3 max-lg:min-h-dvh',
  connection: 'min-h-[15rem] shrink-0 lg:h-[15rem]',
  verdict: 'flex flex-col gap-3 *:shrink-0 min-h-[15rem] lg:flex-1',
}
