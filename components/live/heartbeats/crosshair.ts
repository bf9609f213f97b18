import { createStore } from 'zustand/vanilla'

/** The moment pointed at, in epoch ms: one for the chart and the ruler below it. Null when nothing is. */
export const crosshair = createStore<{ at: number | null }>(() => ({ at: null }))

export function pointAt(at: number | null): void {
  crosshair.setState({ at })
}
