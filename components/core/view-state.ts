import { createStore } from 'zustand/vanilla'

/** What is paused: a matter of this visit alone, hence neither in the address nor kept. */
interface ViewState {
  chartPaused: boolean
  eventsPaused: boolean
}

export const viewState = createStore<ViewState>(() => ({ chartPaused: false, eventsPaused: false }))

export function toggleChartPause(): void {
  viewState.setState(({ chartPaused }) => ({ chartPaused: !chartPaused }))
}

export function setEventsPaused(eventsPaused: boolean): void {
  viewState.setState({ eventsPaused })
}

/** The moment pointed at, in epoch ms: one for the chart and the ruler below it. Null when nothing is. */
export const crosshair = createStore<{ at: number | null }>(() => ({ at: null }))

export function pointAt(at: number | null): void {
  crosshair.setState({ at })
}
