/**
 * The places of the bench's upper panels, one for the bench and its skeleton. From 1024 px on the settings stand at
 * the left; pulse and verdict share the height at their right, and a long verdict scrolls inside: what is turned,
 * what happens and what it was are seen at one glance, and nothing moves when the verdict comes.
 */
export const benchGrid = {
  top: 'grid grid-cols-[minmax(0,1fr)] gap-3 lg:min-h-[clamp(600px,calc(100dvh-228px),820px)] lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] xl:grid-cols-[380px_minmax(0,1fr)]',
  settings: 'min-h-[320px]',
  beside: 'relative scroll-mt-3',
  outcome: 'flex flex-col gap-3 lg:absolute lg:inset-0',
  connection: 'min-h-[240px] shrink-0 lg:h-[240px]',
  verdict: 'flex flex-col gap-3 *:shrink-0 min-h-[240px] lg:min-h-0 lg:flex-1 lg:overflow-y-auto',
}
