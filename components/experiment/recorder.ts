'use client'
import { live } from '#components/core/live-core.ts'
import { now } from '#components/core/now.ts'
import type { Recorder } from './trial.ts'

/** The page's own: the server's events come to its one live core, whatever core a connection is of. */
export const recorder: Recorder = () => ({
  feed: live.store.getState().feed,
  page: { origin: location.origin, online: navigator.onLine },
  nowMs: now(),
})
