'use client'
import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { LiveActions } from '#lib/store/actions.ts'
import { createLive } from '#lib/store/live.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { browserPorts } from './runtime.ts'
import { type Pace, tickers } from './use-now.ts'

/**
 * One live core for the whole application: made when the first live view is loaded, outside React, so that
 * connections stay open from page to page and outlive an error in any view. Only the browser loads this module:
 * whoever shows live data comes through a `LazyView`, since a server has no sockets to render with.
 */
export const live = createLive(browserPorts())

/** Reads a narrow part of the live state; the component renders again only when that part changes. */
export function useLive<T>(selector: (state: LiveState) => T): T {
  return useStore(live.store, selector)
}

/** What can be done: the same object for ever. */
export const liveActions: LiveActions = live.actions

/**
 * Reads like {@link useLive}, but at a pace of its own: for figures and lines that change with every beat, of
 * which nobody reads more than a few a second. `selector` must not make new objects.
 */
export function useSampledLive<T>(selector: (state: LiveState) => T, pace: Pace = 'quarter'): T {
  return useSyncExternalStore(tickers[pace].subscribe, () => selector(live.store.getState()))
}
