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
