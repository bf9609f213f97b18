/** No fault at all: what a well-behaved hop looks like, and what a scenario's fix leads to. */
import { defineFault } from '#lib/lab/fault.ts'

export const controlFaults = {
  'pass-through': defineFault({
    title: 'No fault',
    family: 'control',
    says: 'Passes every byte on, unchanged and at once.',
    met: 'A proxy that is set up right.',
    sees: 'Opens, beats, stays open: what each of the others should look like.',
    knobs: {},
    shows: { outcome: 'healthy', causes: [] },
    open: { endpoint: '/ws/health', query: { ping_interval: '2' } },
    real: ['nginx', 'haproxy', 'apache', 'caddy'],
  }),
}
