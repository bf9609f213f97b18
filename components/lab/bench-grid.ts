/**
 * The places of the bench's upper panels, one for the bench and its skeleton. From 1024 px on the settings stand at
 * the left; pulse and verdict share the height at their right: what is turned, what happens and what it was are seen
 * at one glance. Nothing of these moves when the verdict comes, and a fix that needs more room gets it, uncut.
 */
export const benchGrid = {
  top: 'grid grid-cols-[minmax(0,1fr)] gap-3 lg:min-h-[clamp(600px,calc(100dvh-228px),820px)] lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] xl:grid-cols-[380px_minmax(0,1fr)]',
  settings: 'min-h-[320px] self-start lg:sticky lg:top-4',
  beside: 'scroll-mt-3',
  outcome: 'flex h-full flex-col gap-3',
  connection: 'min-h-[240px] shrink-0 lg:h-[240px]',
  verdict: 'flex flex-col gap-3 *:shrink-0 min-h-[240px] lg:flex-1',
}
